import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InvalidContractError, readContract } from '@image-install-queue/contract'
import { parseYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generateMock } from '../src/mock/index.ts'
import { addClient, compile, makeWorkshop, syntaxErrors } from './support/generated.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-texts-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const act = 'globalThis.acted = true'
/** Ends every kind of literal and comment that it may stand in. */
const ends = `'; ${act} //" + (${act}) + "\`; ${act} //\${${act}} */ ${act} /* \\'; \\ ${act}`
/** The same with all that data, Markdown and a single line may hold, and tags of TypeScript in texts. */
const hostile = {
  data: `${ends}\u2028${act}\u2029${act}\n${act}\r\n*/ ${act} </script><script>${act}</script> <!-- \0 \u001b[2J`,
  markdown: `@deprecated ${ends}\n@deprecated ${act}\n*/ ${act} \`</script><script>${act}</script>\``,
  line: `@deprecated ${ends} \u200b@deprecated`,
}

interface Document {
  info: object
  tags: object[]
  paths: Record<string, object>
  components: { schemas: Record<string, object> }
}

/** Adds such texts as data and names, in a call of their own. */
function addHostileCall({ info, tags, paths, components }: Document): void {
  const { data, line } = hostile
  const fields = { [data]: { const: data }, '*/': { enum: [data, '*/', 1] } }
  const odd = { type: 'object', properties: { ...fields, "'": { type: 'string', pattern: "a*/|['`\u2028]|\\$\\{" } } }
  Object.assign(components.schemas, {
    Hostile: { type: 'object', required: [data], properties: { ...fields, arguments: odd, examples: odd } },
    Other: { type: 'object', required: ['other'], properties: { other: {}, [data]: { const: 'other' } } },
    OpenSet: {
      type: 'string',
      'x-extensible-enum': [data, '*/', '@deprecated'],
      'x-enum-varnames': ['constructor', 'B', 'C'],
    },
    Problem: {
      type: 'object',
      required: [data],
      properties: { [data]: { const: 1 } },
      'x-in-band-error': { when: [{ [data]: 1 }] },
    },
  })
  const refs = ['Hostile', 'Other', 'Problem'].map((name) => ({ $ref: `#/components/schemas/${name}` }))
  const json = (schema: object | undefined) => ({
    content: { 'application/json': { schema, examples: { hostile: { value: { [data]: data } } } } },
  })
  Object.assign(info, { license: { name: line }, contact: { name: line } })
  tags.push({ name: line })
  paths['/hostile'] = {
    post: {
      operationId: 'beHostile',
      tags: [line],
      'x-state-changing': true,
      parameters: [
        {
          name: 'arguments',
          in: 'query',
          schema: { type: 'string', enum: [data, 'b'] },
          examples: { hostile: { value: data } },
        },
      ],
      requestBody: json(refs[0]),
      responses: { 200: { description: 'Hostile.', ...json({ oneOf: refs }) } },
    },
  }
}

interface Leaf {
  readonly owner: object
  readonly key: string
  /** What kind of text it is: where it stands, whatever the names on the way. */
  readonly role: string
}

function* leaves(node: unknown, role = ''): Generator<Leaf> {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    const own = Array.isArray(node) || role === 'value' ? role : key
    if (typeof value === 'string') yield { owner: node, key, role: own }
    yield* leaves(value, own)
  }
}

async function isAccepted(document: object): Promise<boolean> {
  writeFileSync(join(folder, 'contract.yaml'), JSON.stringify(document))
  try {
    await readContract(join(folder, 'contract.yaml'))
    return true
  } catch (error) {
    if (error instanceof InvalidContractError) return false
    throw error
  }
}

/** Puts the most hostile text that is accepted into every other text, role by role; the roles for which there is one. */
async function poison(document: object): Promise<readonly string[]> {
  const poisoned: string[] = []
  const texts = [...leaves(document)]
  for (const role of new Set(texts.map((leaf) => leaf.role))) {
    const all = texts.filter((leaf) => leaf.role === role)
    const before = all.map(({ owner, key }) => Reflect.get(owner, key))
    const put = (texts: readonly unknown[]) => {
      for (const [i, { owner, key }] of all.entries()) Reflect.set(owner, key, texts[i])
    }
    for (const text of Object.values(hostile)) {
      put(before.map(() => text))
      if (await isAccepted(document)) {
        poisoned.push(role)
        break
      }
      put(before)
    }
  }
  return poisoned
}

it.each([
  ['the contract', 'spec/openapi.yaml'],
  ['a contract that uses nearly all of the profile', 'tools/contract/test/fixtures/garden.yaml'],
])('no text of %s becomes code, or a tag in a comment', { timeout: 300_000 }, async (_, file) => {
  // Both are contracts with tags and components.
  const document = parseYaml(readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')) as Document
  addHostileCall(document)
  expect(await isAccepted(document)).toBe(true)
  expect(await poison(document)).toEqual(
    expect.arrayContaining(['advice', 'description', 'title', 'x-enum-descriptions']),
  )

  const workshop = join(folder, file.replaceAll('/', '-'))
  makeWorkshop(workshop)
  const client = await addClient(workshop, 'client', JSON.stringify(document))
  expect(compile(workshop)).toBe('')
  expect(syntaxErrors(await generateMock(await readContract(join(client, 'contract.yaml'))))).toEqual([])

  const generated = join(client, 'src/generated')
  for (const file of readdirSync(generated))
    expect(readFileSync(join(generated, file), 'utf8')).not.toMatch(/(?<![^\s\u200b])@deprecated/)

  const look = `await import('./src/index.ts')\nconsole.log(globalThis.acted)`
  const node = ['--input-type=module', '--eval', look]
  expect(execFileSync(process.execPath, node, { cwd: client, encoding: 'utf8' })).toBe('undefined\n')
})
