import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../src/index.ts'
import { findViolations, type Schema, validate } from '../src/validate.ts'
import { failureOf, jsonResponse, mirrorJob, queueThrough } from './support/calls.ts'

const { versionmirrorid, ...fields } = mirrorJob
const machineJob = { ...fields, machinejobid: versionmirrorid, installs_squashed: 0 }

const check = (data: unknown) => validate('queueImageInstall', 200, data, { onContractViolation: () => {} })

describe('validate finds', () => {
  test.each([
    ['nothing in a mirror job', mirrorJob, []],
    ['nothing in a machine job', machineJob, []],
    ['nothing in fields that are new', { ...mirrorJob, brandnew: { a: 1 } }, []],
    ['nothing in a state that is new', { ...mirrorJob, jobstateid: 99 }, []],
    ['a field of the wrong type', { ...mirrorJob, jobprogress: '5' }, [['/jobprogress', 'must be an integer']]],
    ['an empty string instead of a number', { ...mirrorJob, jobeta: '' }, [['/jobeta', 'must be an integer or null']]],
    ['a number that is too large', { ...mirrorJob, jobprogress: 101 }, [['/jobprogress', 'must be at most 100']]],
    ['a field that is missing', { ...mirrorJob, jobupdated: undefined }, [['/jobupdated', 'is missing']]],
    ['a wrong discriminator', { ...machineJob, machinejobid: 'x' }, [['/machinejobid', 'must be an integer']]],
    ['a wrong state, of either type', { ...mirrorJob, jobstateid: 'x' }, [['/jobstateid', 'must be an integer']]],
    ['a wrong success', { ...mirrorJob, success: 'yes' }, [['/success', 'must be true or false']]],
    [
      'each wrong field once',
      { ...machineJob, jobfailed: -1, jobstatename: 3 },
      [
        ['/jobfailed', 'must be at least 0'],
        ['/jobstatename', 'must be a string'],
      ],
    ],
    [
      'what the nearest kind lacks, of a body without a discriminator',
      { ...fields },
      [['/versionmirrorid', 'is missing']],
    ],
    ['two kinds at once', { ...mirrorJob, ...machineJob }, [['', 'matches more than one of the allowed types']]],
  ])('%s', (_name, data, expected) => {
    const found = check(JSON.parse(JSON.stringify(data)))
    expect(found.map(({ path, message }) => [path, message])).toEqual(expected)
  })

  test('nothing for a status or an operation that the contract does not declare', () => {
    expect(validate('queueImageInstall', 202, {})).toEqual([])
    expect(validate('other', 200, {})).toEqual([])
  })
})

describe('a violation', () => {
  const wrong = { ...mirrorJob, jobprogress: 'x' }
  const found = [{ path: '/jobprogress', message: 'must be an integer' }]
  const queue = (options: ClientOptions) => queueThrough(async () => jsonResponse(wrong), { validate, ...options })

  test('is not looked for without the option', async () => {
    expect(await queue({ validate: undefined, onContractViolation: 'throw' })).toEqual(wrong)
  })

  test('is not reported if there is none', async () => {
    const onContractViolation = vi.fn()
    await queueThrough(async () => jsonResponse(mirrorJob), { validate, onContractViolation })
    expect(onContractViolation).not.toHaveBeenCalled()
  })

  test('goes to the console, and the job to the caller, by default', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    expect(await queue({})).toEqual(wrong)
    const message = 'queueImageInstall: the response does not match the contract: /jobprogress must be an integer'
    expect(warn.mock.calls).toEqual([[{ operation: 'queueImageInstall', violations: found }, message]])
    vi.restoreAllMocks()
  })

  test('goes to the logger if there is one', async () => {
    const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
    expect(await queue({ logger })).toEqual(wrong)
    expect(logger.warn).toHaveBeenCalledOnce()
  })

  test('goes to a function if there is one, whose errors are ignored', async () => {
    const onContractViolation = vi.fn(() => {
      throw new Error('no')
    })
    expect(await queue({ onContractViolation })).toEqual(wrong)
    expect(onContractViolation.mock.calls).toEqual([[found]])
  })

  test('goes to an async function, whose rejection is ignored', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    expect(await queue({ onContractViolation: async () => Promise.reject(new Error('no')) })).toEqual(wrong)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('is thrown with the job in strict mode', async () => {
    const error = await failureOf(queue({ onContractViolation: 'throw' }))
    expect(error).toMatchObject({
      name: 'ContractViolationError',
      code: 'contract_violation',
      outcome: 'accepted',
      data: wrong,
      violations: found,
    })
    expect(error.message).toContain('/jobprogress must be an integer')
  })

  test('is thrown by validate of another copy of the package', async () => {
    vi.resetModules()
    const other = await import('../src/validate.ts')
    const error = await failureOf(queue({ validate: other.validate, onContractViolation: 'throw' }))
    expect(error).toMatchObject({ name: 'ContractViolationError', outcome: 'accepted', data: wrong })
  })

  test('does not hide the job if validate itself fails', async () => {
    const broken = () => {
      throw new SyntaxError('Invalid regular expression')
    }
    expect(await queue({ validate: broken })).toEqual(wrong)
  })

  test('is not looked for in an error of the API', async () => {
    const call = queueThrough(async () => jsonResponse({ error: true }), { validate, onContractViolation: 'throw' })
    expect((await failureOf(call)).name).toBe('ApiError')
  })
})

describe('the validator agrees with Ajv', () => {
  const ajv = new Ajv2020({ strict: false, ownProperties: true })

  test.each<[string, Schema, unknown[]]>([
    ['types', { type: ['string', 'null'] }, ['a', null, 1, [], {}, true]],
    ['integers', { type: 'integer' }, [1, 1.0, 1.5, '1', 2 ** 53 - 1]],
    ['numbers', { type: 'number' }, [1, 1.5, '1', null]],
    ['arrays and objects', { type: 'array' }, [[], {}, null]],
    ['constants', { const: 'a' }, ['a', 'b', 1, {}, null]],
    ['enumerations', { enum: [1, 'a', null] }, [1, 'a', null, [1], 'b']],
    ['bounds', { minimum: 1, maximum: 3 }, [0, 1, 3, 4, 'x']],
    ['lengths in characters', { minLength: 1, maxLength: 2 }, ['', 'a', '🎮🎮', '🎮🎮🎮']],
    ['patterns', { pattern: '^a+$' }, ['a', 'b', 1]],
    ['sizes of arrays', { minItems: 1, maxItems: 2 }, [[], [1], [1, 2], [1, 2, 3]]],
    ['items', { items: { type: 'number' } }, [[1], ['b'], []]],
    [
      'properties',
      { properties: { a: { type: 'string' } }, required: ['a', 'b'] },
      [{ a: '', b: 1 }, { a: 1, b: 1 }, { a: '' }, 3],
    ],
    ['further properties', { additionalProperties: { type: 'number' } }, [{ a: 1 }, { a: '1' }]],
    ['all of', { allOf: [{ minimum: 1 }, { maximum: 2 }] }, [0, 1, 2, 3]],
    ['any of', { anyOf: [{ type: 'string' }, { minimum: 5 }] }, ['a', 5, 4]],
    ['one of', { oneOf: [{ minimum: 1 }, { maximum: 5 }] }, [0, 3, 6]],
    ['names that need escapes', { properties: { 'a/b~c': { type: 'string' } } }, [{ 'a/b~c': 1 }, { 'a/b~c': 'x' }]],
    ['inherited names', { required: ['toString'] }, [{}, { toString: 1 }]],
  ])('on %s', (_name, schema, values) => {
    const theirs = ajv.compile(schema)
    for (const value of values) {
      const found = findViolations(schema, value, '', {})
      expect([value, found.length === 0]).toEqual([value, theirs(value)])
      const [first] = found
      if (first?.path.includes('~')) expect(theirs.errors?.[0]?.instancePath).toBe(first.path)
    }
  })
})

test.each([2 ** 53, -(2 ** 53), 2 ** 60])('an integer that JavaScript rounds is a violation: %d', (value) => {
  expect(findViolations({ type: 'integer' }, value, '/id', {})).toEqual([
    { path: '/id', message: 'must be an integer that JavaScript can represent exactly' },
  ])
  expect(findViolations({ type: 'number' }, value, '', {})).toEqual([])
})

test('one message lists all violations', async () => {
  const message = async (data: unknown) => {
    const strict: ClientOptions = { validate, onContractViolation: 'throw' }
    return (await failureOf(queueThrough(async () => jsonResponse(data), strict))).message
  }
  expect(await message({ ...mirrorJob, jobfailed: -1, jobstatename: 3 })).toMatch(
    /: \/jobfailed must be at least 0; \/jobstatename must be a string$/,
  )
  expect(await message({ ...mirrorJob, ...machineJob })).toMatch(
    /: the body matches more than one of the allowed types$/,
  )
})

test.each<[string, Schema, unknown, string, string]>([
  ['an item of a list, by its place', { items: { type: 'number' } }, [1, 'b'], '/1', 'must be a number'],
  ['a list', { type: 'array' }, {}, '', 'must be an array'],
  ['an object', { type: ['object'] }, [], '', 'must be an object'],
])('a violation names %s', (_what, schema, value, path, message) => {
  expect(findViolations(schema, value, '', {})).toEqual([{ path, message }])
})

test('a value is checked against the variant whose discriminator it has, even if it fits another one better', () => {
  const member = (kind: string, size: string): Schema => ({
    required: ['kind', 'size', 'name'],
    properties: { kind: { const: kind }, size: { type: size } },
  })
  const union: Schema = {
    oneOf: [member('box', 'integer'), member('letter', 'string')],
    discriminators: [
      { property: 'kind', const: 'box' },
      { property: 'kind', const: 'letter' },
    ],
  }
  expect(findViolations(union, { kind: 'letter', size: 1 }, '', {})).toEqual([
    { path: '/name', message: 'is missing' },
    { path: '/size', message: 'must be a string' },
  ])
  expect(findViolations(union, { kind: 'letter', size: 'a', name: 'x' }, '', {})).toEqual([])
})
