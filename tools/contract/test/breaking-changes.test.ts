import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseYaml, stringifyYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare, report } from '../src/compare/compare.ts'
import { release, unreleased } from '../src/compare/release.ts'

const contract = join(import.meta.dirname, 'fixtures/installs.yaml')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'breaking-changes-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Path = readonly (string | number)[]
/** Puts a value at a path of the contract, or removes the value there. */
type Edit = readonly [path: Path, value?: unknown]

const queue: Path = ['paths', '/cfp/v1/imageinstall/{jobid}/queue', 'get']
const [jobid, account, mirroring]: Path[] = [0, 1, 2].map((index) => [...queue, 'parameters', index])
const list: Path = ['paths', '/cfp/v1/imageinstall/status', 'get']
const response: Path = [...queue, 'responses', '200', 'content', 'application/json']
const schemas: Path = ['components', 'schemas']
const note = { type: 'string', description: 'A note.' }

/** An operation with a request body, which the contract does not have. */
const post: Path = ['paths', '/notes', 'post']
const takeNote: Edit = [
  ['paths', '/notes'],
  {
    post: {
      operationId: 'takeNote',
      'x-state-changing': true,
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', properties: { note, extra: note } } } },
      },
      responses: { 204: { description: 'Taken.' } },
    },
  },
]
const getNote = (parameter: string): Edit => [
  ['paths', `/notes/{${parameter}}`],
  {
    get: {
      operationId: 'getNote',
      'x-state-changing': false,
      parameters: [{ name: parameter, in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 204: { description: 'It exists.' } },
    },
  },
]

interface Pair {
  /** Edits that make the released contract from the fixture. */
  released?: readonly Edit[]
  /** Edits that make the current contract from the released one. */
  change: readonly Edit[]
  /** A part of the report. */
  reports: string
}

const major: Record<string, Pair> = {
  'an optional field of a response is removed': {
    change: [[[...schemas, 'JobFields', 'properties', 'jobeta']]],
    reports: 'major  Property `jobeta` of `JobFields` was removed.',
  },
  'a field of a request body is removed': {
    released: [takeNote],
    change: [[[...post, 'requestBody', 'content', 'application/json', 'schema', 'properties', 'extra']]],
    reports: 'properties > extra was removed.',
  },
  'a variant of a response is removed': {
    released: [
      [[...schemas, 'Other'], { type: 'object', required: ['other'], properties: { other: note } }],
      [[...response, 'schema', 'oneOf', 3], { $ref: '#/components/schemas/Other' }],
    ],
    change: [[[...response, 'schema', 'oneOf', 3]]],
    reports: 'schema > oneOf > 3 was removed.',
  },
  'a scenario is removed': {
    change: [[[...(jobid ?? []), 'examples', 'imageLocked']]],
    reports: 'examples > imageLocked was removed.',
  },
  'a parameter of a path is renamed': {
    released: [getNote('id')],
    change: [[['paths', '/notes/{id}']], getNote('note')],
    reports: 'paths > /notes/{note} > get > parameters > 0 > name changed from "id" to "note".',
  },
  'credentials are required where none were': {
    released: [[[...list, 'security'], []]],
    change: [[[...list, 'security']]],
    reports: 'get > security was removed.',
  },
  'a required parameter is added': {
    change: [[[...queue, 'parameters', 3], { name: 'extra', in: 'query', required: true, schema: note }]],
    reports: 'extra',
  },
}

const minor: Record<string, Pair> = {
  'an optional field of a response is added': {
    change: [[[...schemas, 'JobFields', 'properties', 'jobnote'], note]],
    reports: 'jobnote was added.',
  },
  'a schema is added that nothing uses': {
    change: [[[...schemas, 'Other'], { type: 'object' }]],
    reports: 'Schema components > schemas > Other was added.',
  },
  'an operation is added': { change: [takeNote], reports: 'PathItem paths > /notes was added.' },
  'an operation is declared to change nothing': {
    change: [[[...queue, 'x-state-changing'], false], [[...queue, 'x-lookup-operation']]],
    reports: 'get > x-state-changing changed from true to false.',
  },
  'the lookup operation is removed': {
    change: [[[...queue, 'x-lookup-operation']]],
    reports: 'get > x-lookup-operation changed from "listImageInstalls" to nothing.',
  },
  'the known values of an extensible enum inside a parameter change': {
    released: [[[...(account ?? []), 'schema', 'x-extensible-enum'], [5678]]],
    change: [[[...(account ?? []), 'schema', 'x-extensible-enum', 1], 7000]],
    reports: 'parameters > 1 > schema > x-extensible-enum changed from [5678] to [5678,7000].',
  },
}

const patch: Record<string, Pair> = {
  'a description is reworded': {
    change: [[[...queue, 'description'], 'Puts it into the queue.']],
    reports: 'patch  paths > /cfp/v1/imageinstall/{jobid}/queue > get > description changed.',
  },
  'an illustrative value changes': {
    change: [[[...response, 'examples', 'mirrorJob', 'value', 'jobprogress'], 7]],
    reports: 'patch  ',
  },
  'a parameter becomes optional': {
    change: [[[...(mirroring ?? []), 'required'], false]],
    reports: 'parameters > 2 > required changed from true to false.',
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
  return stringifyYaml(document, { noRefs: true })
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

describe.concurrent('a released contract', { timeout: 120_000 }, () => {
  it.each([
    ...Object.entries(major).map(([name, pair]) => [name, pair, '2.0.0'] as const),
    ...Object.entries(minor).map(([name, pair]) => [name, pair, '1.1.0'] as const),
    ...Object.entries(patch).map(([name, pair]) => [name, pair, '1.0.1'] as const),
  ])('when %s, requires the right version', async (name, pair, least) => {
    const comparison = await comparePair(name, pair)
    const lines = report(comparison)
    expect(lines.join('\n')).toContain(pair.reports)
    expect(lines.at(-1)).toBe(
      `Compared with release 1.0.0, these changes require version ${least}, but info.version is 1.0.0. Set it to ${least}.`,
    )
    expect(comparison).toMatchObject({ least, ok: false })
  })

  it('counts patches instead of listing them if there are greater changes', async () => {
    const reworded: Edit = [[...queue, 'description'], 'Puts it into the queue.']
    const comparison = await comparePair('counts', { change: [takeNote, reworded], reports: '' }, '1.1.0')
    expect(report(comparison)).toEqual([
      'minor  PathItem paths > /notes was added.',
      'patch  1 more change of descriptions or limits.',
      'Compared with release 1.0.0, these changes require version 1.1.0; info.version is 1.1.0.',
    ])
  })

  it('accepts the required version and a higher one', async () => {
    const [pair] = Object.values(minor)
    if (!pair) throw new Error('no pair')
    expect(await comparePair('accepted', pair, '1.0.1')).toMatchObject({ least: '1.1.0', ok: false })
    expect(report(await comparePair('accepted', pair, '1.1.0')).at(-1)).toBe(
      'Compared with release 1.0.0, these changes require version 1.1.0; info.version is 1.1.0.',
    )
    expect(await comparePair('accepted', pair, '2.0.0')).toMatchObject({ least: '1.1.0', ok: true })
  })

  it('may have no components', async () => {
    const file = join(folder, 'bare.yaml')
    const ping = `{ operationId: ping, x-state-changing: false, responses: { '204': { description: Here. } } }`
    const bare = `openapi: 3.1.1\ninfo: { title: Bare, version: 1.0.0 }\nservers: [{ url: https://bare.test }]\n`
    writeFileSync(file, `${bare}paths: { /ping: { get: ${ping} } }\n`)
    expect(await compare(file, file)).toMatchObject({ changes: [], ok: true })
  })

  it('is replaced on release, with changelog and package version, but only if info.version allows it', async () => {
    const [changelog, manifest] = [join(folder, 'CHANGELOG.md'), join(folder, 'package.json')]
    writeFileSync(manifest, '{ "name": "spec", "version": "1.0.0" }')
    writeFileSync(changelog, '# Changes\n\n## 1.0.0\n\n- First.\n')
    const pair: Pair = { change: [[[...schemas, 'JobFields', 'properties', 'jobnote'], note]], reports: '' }

    const rejected = { ...writePair('rejected', pair, '1.0.1'), changelog, manifest }
    expect((await release(rejected)).ok).toBe(false)
    expect(await unreleased(rejected)).toEqual([
      'The contract 1.0.1 differs from the released 1.0.0. Run pnpm release:contract before publishing.',
      'The package has version 1.0.0, the contract 1.0.1. Run pnpm release:contract before publishing.',
    ])
    expect(readFileSync(rejected.released, 'utf8')).not.toContain('jobnote')
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
})
