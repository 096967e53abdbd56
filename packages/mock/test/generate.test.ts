import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const pets = fileURLToPath(new URL('fixtures/pets.yaml', import.meta.url))
const cli = createRequire(import.meta.url).resolve('@image-install-queue/codegen/src/cli.ts')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-generate-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const generate = (spec: string) =>
  promisify(execFile)(process.execPath, [cli, 'mock', '--spec', spec, '--out', folder]).catch((error) => error)
const generated = () => readFileSync(join(folder, 'contract.gen.ts'), 'utf8')

describe('what is generated', () => {
  test('is the same from the same contract', async () => {
    await generate(pets)
    const first = generated()
    await generate(pets)
    expect(generated()).toBe(first)
  })

  test('has a request to show, with credentials and required headers', async () => {
    await generate(pets)
    const { sample, secretHeaders, specVersion } = await import(join(folder, 'contract.gen.ts'))
    expect(sample).toEqual({
      target: '/pets/example',
      flags: ["--header 'x-api-key: key'", "--header 'X-Trace: 1'"],
    })
    expect(secretHeaders).toEqual(['x-api-key'])
    expect(specVersion).toBe('2.1.0')
  })

  test.each([
    ['{ type: oauth2, flows: {} }', 'oauth2'],
    ['{ type: apiKey, in: query, name: key }', 'apiKey in query'],
    ['{ type: http, scheme: digest }', 'http digest'],
  ])('is nothing where the security scheme is %s', async (scheme, kind) => {
    const spec = join(folder, 'spec.yaml')
    const source = readFileSync(pets, 'utf8')
      .replace('security: [{ key: [] }]', 'security: [{ login: [] }]')
      .replace('securitySchemes: { key:', `securitySchemes: { login: ${scheme}, key:`)
    writeFileSync(spec, source)
    const { code, stderr } = await generate(spec)
    expect(code).toBe(1)
    expect(stderr).toBe(
      `Security scheme "login" (${kind}) is not supported: use HTTP Basic, HTTP Bearer or an apiKey in a header.\n`,
    )
    expect(readdirSync(folder)).toEqual(['spec.yaml'])
  })
})
