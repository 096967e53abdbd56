import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseYaml, stringifyYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare, report } from '../src/compare/compare.ts'
import { release, unreleased } from '../src/compare/release.ts'

const contract = join(import.meta.dirname, '../../../spec/openapi.yaml')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'breaking-changes-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Path = readonly (string | number)[]
/** Puts a value at a path of the contract; without a value, removes what is there. */
type Edit = readonly [path: Path, value?: unknown]

const call: Path = ['paths', '/cfp/v1/imageinstall/{jobid}/queue', 'get']
const jobid: Path = [...call, 'parameters', 0]
const account: Path = [...call, 'parameters', 1]
const mirroring: Path = [...call, 'parameters', 2]
const answer: Path = [...call, 'responses', '200', 'content', 'application/json']
const schemas: Path = ['components', 'schemas']
const job: Path = [...schemas, 'JobFields']
const field = (name: string): Path => [...job, 'properties', name]
const state: Path = [...schemas, 'JobState']
const body: Path = [...call, 'requestBody']
const required = ['jobcreated', 'jobfailed', 'jobprogress', 'jobstatename', 'jobupdated']
const jsonBody = (schema: object) => ({ content: { 'application/json': { schema: { type: 'object', ...schema } } } })
const note = { type: 'string', description: 'A note.' }

interface Pair {
  /** What the released contract holds beside the real one. */
  released?: readonly Edit[]
  change: readonly Edit[]
  /** The text that the report has for it. */
  says: string
}

const major: Record<string, Pair> = {
  'a required field of an answer removed': {
    change: [[field('jobcreated')], [[...job, 'required'], required.slice(1)]],
    says: 'Property `jobcreated` of `JobFields` was removed.',
  },
  'an optional field of an answer removed': {
    change: [[field('jobeta')]],
    says: 'Property `jobeta` of `JobFields` was removed.',
  },
  'a field of an answer no longer always there': {
    change: [[[...job, 'required'], required.slice(1)]],
    says: 'Properties of `JobFields` are no longer required: `jobcreated`.',
  },
  'a field of an answer of more types than before': {
    change: [
      [
        [...schemas, 'JobTime', 'type'],
        ['integer', 'null'],
      ],
    ],
    says: "Type of `JobTime` widened from 'integer' to 'integer | null'.",
  },
  'a new kind of answer': {
    change: [
      [[...schemas, 'Other'], { type: 'object', required: ['other'], properties: { other: note } }],
      [[...answer, 'schema', 'oneOf', 3], { $ref: '#/components/schemas/Other' }],
    ],
    says: '`oneOf` subschema was added.',
  },
  'an answer with another constant': {
    change: [[[...schemas, 'ErrorEnvelope', 'properties', 'success', 'const'], true]],
    says: '`const` of `success` changed from',
  },
  'an answer of another media type': {
    change: [[[...answer.slice(0, -1), 'text/json'], { schema: { type: 'object' } }], [answer]],
    says: 'application/json',
  },
  'a closed list in an answer that grows': {
    released: [[[...field('jobstatename'), 'enum'], ['Queued']]],
    change: [
      [
        [...field('jobstatename'), 'enum'],
        ['Queued', 'Running'],
      ],
    ],
    says: 'Running',
  },
  'a status removed': { change: [[[...call, 'responses', '404']]], says: 'Response `404` was removed.' },
  'a call removed': {
    change: [
      [call],
      [[...call.slice(0, -1), 'post'], { operationId: 'other', responses: { 200: { description: '' } } }],
    ],
    says: 'was removed.',
  },
  'a call renamed': {
    change: [[[...call, 'operationId'], 'enqueueImageInstall']],
    says: 'enqueueImageInstall',
  },
  'a parameter removed': { change: [[account]], says: '`accountserviceid` query parameter was removed.' },
  'a parameter added that must be given': {
    change: [[[...call, 'parameters', 3], { name: 'extra', in: 'query', required: true, schema: note }]],
    says: 'extra',
  },
  'a parameter of another type': {
    change: [[[...jobid, 'schema', 'type'], 'boolean']],
    says: "narrowed from 'integer' to 'boolean'",
  },
  'a parameter with a tighter limit': { change: [[[...account, 'schema', 'minimum'], 10]], says: '>= 10' },
  'a closed list in a request that shrinks': {
    released: [
      [
        [...account, 'schema', 'enum'],
        [1, 2],
      ],
    ],
    change: [[[...account, 'schema', 'enum'], [1]]],
    says: '2',
  },
  'a body that must be given': {
    released: [[body, jsonBody({})]],
    change: [[[...body, 'required'], true]],
    says: 'Request body became required.',
  },
  'a field of a body that must be given': {
    released: [[body, jsonBody({ properties: { note } })]],
    change: [[body, jsonBody({ properties: { note }, required: ['note'] })]],
    says: 'became required: `note`',
  },
  'a field of a body removed': {
    released: [[body, jsonBody({ properties: { note } })]],
    change: [[body, jsonBody({})]],
    says: 'properties',
  },
  'credentials no longer accepted': { change: [[['security', 0]]], says: '`basicAuth` is no longer accepted' },
  'a host removed': { change: [[['servers', 1]]], says: 'Server `https://api.multiplay.dev` was removed.' },
  'another host by default': {
    change: [[['servers'], [{ url: 'https://api.multiplay.dev' }, { url: 'https://api.multiplay.co.uk' }]]],
    says: 'The default server changed from "https://api.multiplay.co.uk" to "https://api.multiplay.dev".',
  },
  'a call said to change nothing': {
    change: [[[...call, 'x-state-changing'], false]],
    says: 'Whether queueImageInstall changes state changed from true to false.',
  },
  'an error with success status recognised differently': {
    change: [[[...schemas, 'ErrorEnvelope', 'x-in-band-error', 'when'], [{ error: true }]]],
    says: 'What makes ErrorEnvelope an error changed from',
  },
  'a state removed': {
    change: [
      [
        [...state, 'x-extensible-enum'],
        [1, 2, 3, 4, 5, 6],
      ],
    ],
    says: 'Value 7 of JobState was removed.',
  },
  'a state renamed': {
    change: [[[...state, 'x-enum-varnames', 4], 'Complete']],
    says: 'Value 5 of JobState changed from "Completed" to "Complete".',
  },
  'a scenario reached by other values': {
    change: [[[...jobid, 'examples', 'imageLocked', 'value'], 2002]],
    says: 'Scenario imageLocked of queueImageInstall changed from',
  },
  'a scenario removed': {
    change: [[[...jobid, 'examples', 'imageLocked']]],
    says: 'Scenario imageLocked of queueImageInstall was removed.',
  },
  'an exported schema renamed': {
    change: [
      [[...schemas, 'Mirror'], { allOf: [{ $ref: '#/components/schemas/MirrorJob' }] }],
      [[...schemas, 'MirrorJob']],
      [[...schemas, 'Mirror'], { type: 'object' }],
      [[...answer, 'schema', 'oneOf', 0, '$ref'], '#/components/schemas/Mirror'],
    ],
    says: 'Schema MirrorJob was removed.',
  },
  'an environment variable of the client renamed': {
    change: [[['components', 'securitySchemes', 'bearerAuth', 'x-client', 'token', 'env'], 'TOKEN']],
    says: 'Client name bearerAuth.token changed from',
  },
}

const minor: Record<string, Pair> = {
  'an optional field in an answer': { change: [[field('jobnote'), note]], says: 'jobnote was added.' },
  'a parameter that may be given': {
    change: [[[...call, 'parameters', 3], { name: 'extra', in: 'query', schema: note }]],
    says: 'was added.',
  },
  'a parameter that may be left out now': {
    change: [[[...mirroring, 'required'], false]],
    says: 'paths > /cfp/v1/imageinstall/{jobid}/queue > get > parameters > 2 > required changed from true to false.',
  },
  'a parameter with a wider limit': {
    change: [[[...account, 'schema', 'minimum'], 0]],
    says: 'parameters > 1 > schema > minimum changed from 1 to 0.',
  },
  'a call': {
    change: [[['paths', '/other'], { get: { operationId: 'other', responses: { 200: { description: 'Other.' } } } }]],
    says: 'PathItem paths > /other was added.',
  },
  'a status': { change: [[[...call, 'responses', '429'], { description: 'Too many.' }]], says: '429 was added.' },
  'a host': { change: [[['servers', 2], { url: 'https://pets.test' }]], says: 'Server servers > 2 was added.' },
  'a state': {
    change: [
      [[...state, 'x-extensible-enum', 7], 8],
      [[...state, 'x-enum-varnames', 7], 'Cancelled'],
    ],
    says: 'Value 8 of JobState was added.',
  },
  'a scenario': {
    change: [
      [[...jobid, 'examples', 'again'], { value: 2002 }],
      [[...answer, 'examples', 'again'], { value: { success: false, error: true } }],
    ],
    says: 'Scenario again of queueImageInstall was added.',
  },
  'an exported schema': { change: [[[...schemas, 'Other'], { type: 'object' }]], says: 'Schema Other was added.' },
}

const patch: Record<string, Pair> = {
  'a description': {
    change: [[[...call, 'description'], 'Puts it into the queue.']],
    says: 'paths > /cfp/v1/imageinstall/{jobid}/queue > get > description reads differently.',
  },
  'the evidence of a field': {
    change: [[[...field('jobeta'), 'x-evidence'], 'observed']],
    says: 'components > schemas > JobFields > properties > jobeta > x-evidence reads differently.',
  },
  'the illustrative value of an answer': {
    change: [[[...answer, 'examples', 'mirrorJob', 'value', 'jobprogress'], 7]],
    says: 'The text of the contract changed.',
  },
}

function edited(source: string, edits: readonly Edit[]): string {
  const document: unknown = parseYaml(source)
  for (const [path, ...value] of edits) {
    const parent = path.slice(0, -1).reduce<unknown>((node, key) => Reflect.get(Object(node), key), document)
    const key = path.at(-1) ?? ''
    if (value.length > 0) expect(Reflect.set(Object(parent), key, value[0])).toBe(true)
    else if (Array.isArray(parent)) expect(parent.splice(Number(key), 1)).toHaveLength(1)
    else {
      expect(parent).toHaveProperty([key])
      Reflect.deleteProperty(Object(parent), key)
    }
  }
  return stringifyYaml(document)
}

function writePair(name: string, { released = [], change }: Pair, version: string) {
  const files = { released: join(folder, `${name} released.yaml`), current: join(folder, `${name}.yaml`) }
  const before = edited(readFileSync(contract, 'utf8'), [...released, [['info', 'version'], '1.0.0']])
  writeFileSync(files.released, before)
  writeFileSync(files.current, edited(before, [...change, [['info', 'version'], version]]))
  return files
}

function comparePair(name: string, pair: Pair, version = '1.0.0') {
  const { released, current } = writePair(`${name} ${version}`, pair, version)
  return compare(released, current)
}

describe.concurrent('a released contract', { timeout: 60_000 }, () => {
  it.each(Object.entries(major))('asks for a major version after %s', async (name, pair) => {
    const comparison = await comparePair(name, pair)
    expect(report(comparison).join('\n')).toContain(pair.says)
    expect(comparison).toMatchObject({ least: '2.0.0', ok: false })
  })

  it.each(Object.entries(minor))('asks for a minor version after adding %s', async (name, pair) => {
    const comparison = await comparePair(name, pair)
    expect(report(comparison).join('\n')).toContain(pair.says)
    expect(comparison).toMatchObject({ least: '1.1.0', ok: false })
  })

  it.each(Object.entries(patch))('asks for a patch after rewording %s', async (name, pair) => {
    const comparison = await comparePair(name, pair)
    expect(report(comparison)).toEqual([
      `patch  ${pair.says}`,
      'Against the released 1.0.0, these changes ask for 1.0.1, but info.version is 1.0.0. Set it to 1.0.1.',
    ])
    expect(comparison.ok).toBe(false)
  })

  it('is satisfied by the version asked for, and by a higher one', async () => {
    const [pair] = Object.values(minor)
    if (!pair) throw new Error('no pair')
    expect(await comparePair('accepted', pair, '1.0.1')).toMatchObject({ least: '1.1.0', ok: false })
    expect(report(await comparePair('accepted', pair, '1.1.0')).at(-1)).toBe(
      'Against the released 1.0.0, these changes ask for 1.1.0; info.version is 1.1.0.',
    )
    expect(await comparePair('accepted', pair, '2.0.0')).toMatchObject({ least: '1.1.0', ok: true })
  })

  it('compared with itself asks for nothing', async () => {
    const comparison = await compare(contract, contract)
    expect(comparison).toMatchObject({ changes: [], ok: true })
    expect(report(comparison)).toEqual([`The contract is the released ${comparison.released}.`])
  })

  it('moves on release, with changelog and package version, and only when its own version allows it', async () => {
    const [changelog, manifest] = [join(folder, 'CHANGELOG.md'), join(folder, 'package.json')]
    writeFileSync(manifest, '{ "name": "spec", "version": "1.0.0" }')
    writeFileSync(changelog, '# Changes\n\n## 1.0.0\n\n- First.\n')
    const pair: Pair = { change: [[field('jobnote'), note]], says: '' }

    const refused = { ...writePair('refused', pair, '1.0.1'), changelog, manifest }
    expect((await release(refused)).ok).toBe(false)
    expect(await unreleased(refused)).toEqual([
      'The contract 1.0.1 is not the baseline 1.0.0. Run pnpm release:contract before publishing.',
      'The package has version 1.0.0, the contract 1.0.1. Run pnpm release:contract before publishing.',
    ])
    expect(readFileSync(refused.released, 'utf8')).not.toContain('jobnote')
    expect(readFileSync(changelog, 'utf8')).not.toContain('1.0.1')

    const files = { ...writePair('release', pair, '1.1.0'), changelog, manifest }
    expect((await release(files)).ok).toBe(true)
    expect(readFileSync(files.released, 'utf8')).toBe(readFileSync(files.current, 'utf8'))
    expect(readFileSync(changelog, 'utf8')).toBe(
      '# Changes\n\n## 1.1.0\n\n- minor: Schema components > schemas > JobFields > properties > jobnote was added.\n\n## 1.0.0\n\n- First.\n',
    )
    expect(readFileSync(manifest, 'utf8')).toBe('{ "name": "spec", "version": "1.1.0" }')
    expect((await release(files)).changes).toEqual([])
    expect(await unreleased(files)).toEqual([])
  })

  it('may be as bare as OpenAPI allows', async () => {
    const bare = { released: join(folder, 'bare released.yaml'), current: join(folder, 'bare.yaml') }
    writeFileSync(bare.released, 'openapi: 3.1.0\ninfo: { title: Bare, version: 1.0.0 }\npaths: {}\n')
    writeFileSync(bare.current, 'openapi: 3.1.0\ninfo: { title: Plain, version: 1.0.0 }\npaths: {}\n')
    expect(await compare(bare.released, bare.current)).toMatchObject({
      changes: [{ level: 'patch', text: 'info > title reads differently.' }],
    })
  })

  it('refuses a version that is not three numbers', async () => {
    await expect(comparePair('versions', { change: [], says: '' }, '1.0')).rejects.toThrow(
      'info.version is "1.0": write three numbers, such as 1.2.3.',
    )
  })
})
