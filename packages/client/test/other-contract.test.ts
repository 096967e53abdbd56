import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { failureOf, jsonResponse } from './support/calls.ts'
import { clientFor, fixture, generate } from './support/other-contract.ts'

// The generator and the compiler are processes of their own, slow on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

type Client = Record<string, (parameters?: object, options?: object) => Promise<unknown>>

let garden: { folder: string; remove: () => void }
let createClient: (options?: object) => Client

beforeAll(async () => {
  garden = await clientFor(fixture('garden.yaml'))
  const module: { createClient: typeof createClient } = await import(join(garden.folder, 'src/index.ts'))
  createClient = module.createClient
})
afterAll(() => garden.remove())

/** What is sent for a call. */
async function sent(method: string, parameters: object | undefined, answer: Response, options: object = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer)
  const result = await createClient({ apiKey: 'key', fetch, ...options })[method]?.(parameters)
  const [url, init] = fetch.mock.calls[0] ?? []
  return { result, url: String(url), init, headers: new Headers(init?.headers) }
}

/** What the compiler says about a client's sources. */
async function typeErrorsIn(folder: string): Promise<string> {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const options = {
    extends: join(import.meta.dirname, '../tsconfig.build.json'),
    compilerOptions: { noEmit: true, rootDir: 'src' },
    include: [join(folder, 'src')],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
  const typescript = join(import.meta.dirname, '../node_modules/typescript/bin/tsc')
  const { stdout } = await promisify(execFile)(process.execPath, [typescript, '-p', folder]).catch((error) => error)
  return stdout
}

describe('a client of another contract', () => {
  test('writes path, query, header, cookie and JSON parameters', async () => {
    const parameters = {
      plot: 'a/b c',
      kind: ['tree', 'flower'],
      ids: [1, 2],
      limit: 5,
      'X-Trace': 'abc',
      filter: { tall: true },
      season: 'late summer',
    }
    const { url, init, headers, result } = await sent('listPlants', parameters, jsonResponse([]))
    expect(url).toBe(
      `https://eu.garden.example/v2/plots/a%2Fb%20c/plants?kind=tree&kind=flower&ids=1,2&limit=5&filter=${encodeURIComponent('{"tall":true}')}`,
    )
    expect(init?.method).toBe('GET')
    expect(headers.get('x-trace')).toBe('abc')
    expect(headers.get('cookie')).toBe('season=late%20summer')
    expect(headers.get('x-garden-key')).toBe('key')
    expect(result).toEqual([])
  })

  test('sends a JSON body', async () => {
    const body = { kind: 'tree', name: 'Oak', height: 20 }
    const { init, headers, result } = await sent('addPlant', { plot: 'a', body }, jsonResponse(body, { status: 201 }))
    expect([init?.method, init?.body, headers.get('content-type')]).toEqual([
      'POST',
      JSON.stringify(body),
      'application/json',
    ])
    expect(result).toEqual(body)
  })

  test('sends and gets text, without credentials where the contract asks for none', async () => {
    const { init, headers, result } = await sent('write-note', { body: 'rain' }, new Response('"rain" 1'), {
      apiKey: undefined,
    })
    expect([init?.method, init?.body, headers.get('content-type'), headers.get('x-garden-key')]).toEqual([
      'PUT',
      'rain',
      'text/plain',
      null,
    ])
    expect(result).toBe('"rain" 1')
  })

  test('gets nothing from a status without a body, and tells apart parameters that share a name', async () => {
    const { url, result } = await sent(
      'getPlotsPlotWater',
      { plot: 3, plot_: 'x' },
      new Response(null, { status: 204 }),
    )
    expect(url).toBe('https://eu.garden.example/v2/plots/3/water?plot=x')
    expect(result).toBeUndefined()
  })

  test.each([
    [{ plot: '' }, '`plot` must not be empty, "." or ".."'],
    [{ plot: '..' }, '`plot` must not be empty, "." or ".."'],
    [{ plot: 'x'.repeat(21) }, '`plot` must have at most 20 characters'],
    [{ plot: 7 }, '`plot` must be a string, but is 7'],
    [{ plot: 'a', limit: 101 }, '`limit` must be at most 100'],
    [{ plot: 'a', kind: 'tree' }, '`kind` must be an array'],
    [{ plot: 'a', kind: ['tree', 'moss'] }, '`kind` must be "tree" or "flower" at /1'],
    [{ plot: 'a', 'X-Trace': 'line\nbreak' }, '`X-Trace` must fit into a header'],
  ])('refuses %j', async (parameters, message) => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const error = await failureOf(createClient({ apiKey: 'key', fetch }).listPlants?.(parameters) ?? Promise.resolve())
    expect(error.name).toBe('ConfigurationError')
    expect(error.message).toContain(message)
    expect(fetch).not.toHaveBeenCalled()
  })

  test.each([
    ['is missing', undefined, '`body` is missing'],
    ['cannot be written', { self: 1n }, 'cannot be written as part of a request'],
  ])('refuses a body that %s', async (_name, body, message) => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const call = createClient({ apiKey: 'key', fetch }).addPlant?.({ plot: 'a', body })
    expect(await failureOf(call ?? Promise.resolve())).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining(message),
    })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('names its own credentials', async () => {
    const error = await failureOf(createClient().listPlants?.({ plot: 'a' }) ?? Promise.resolve())
    expect(error.message).toBe('listPlants: credentials are missing: give `apiKey`')
  })

  test('accepts an array and nothing else where the contract declares one', async () => {
    const call = createClient({ apiKey: 'key', fetch: async () => jsonResponse({}) }).listPlants?.({ plot: 'a' })
    expect(await failureOf(call ?? Promise.resolve())).toMatchObject({ name: 'MalformedResponseError' })
  })

  test('type-checks, guards included', async () => {
    writeFileSync(
      join(garden.folder, 'src/use.ts'),
      `import { createClient, isTree, type Plant } from './index.ts'
const client = createClient({ apiKey: () => 'key' })
export async function use(): Promise<number> {
  const plants: Plant[] = await client.listPlants({ plot: 'a', kind: ['tree'], limit: 1 })
  const added = await client.addPlant({ plot: 'a', body: { kind: 'tree', name: 'Oak', height: 1 } })
  const nothing: undefined = await client.getPlotsPlotWater({ plot: 1 })
  const note: string = await client['write-note']()
  // @ts-expect-error a required parameter is missing
  await client.listPlants({})
  return isTree(added) ? added.height : plants.length + note.length + Number(nothing)
}
`,
    )
    expect(await typeErrorsIn(garden.folder)).toBe('')
  })
})

describe('a client of a contract with no servers, no security and awkward names', () => {
  test('type-checks and works', async () => {
    const bare = await clientFor(fixture('bare.yaml'))
    onTestFinished(bare.remove)
    expect(await typeErrorsIn(bare.folder)).toBe('')
    const { createClient: create }: { createClient: (options?: object) => Client } = await import(
      join(bare.folder, 'src/index.ts')
    )
    expect((await failureOf(create().getThings?.() ?? Promise.resolve())).message).toContain('`baseUrl` must be')
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse({}))
    const client = create({ baseUrl: 'http://anywhere.example', fetch })
    await client.getThings?.()
    await client.http_?.({ sort: { by: 'name', down: true } })
    await client.class?.({ ids: [1, 2], a: 'x' })
    expect(fetch.mock.calls.map(([url]) => String(url).replace('http://anywhere.example', ''))).toEqual([
      '/things',
      '/things?by=name&down=true',
      '/matrix/;ids=1;ids=2/.x',
    ])
  })
})

describe('a client of a contract without component schemas', () => {
  test('type-checks, sends forms, and checks answers that only `default` declares', async () => {
    const plain = await clientFor(fixture('plain.yaml'))
    onTestFinished(plain.remove)
    expect(await typeErrorsIn(plain.folder)).toBe('')
    const load = (name: string) => import(join(plain.folder, 'src', name))
    const { createClient: create }: { createClient: (options?: object) => Client } = await load('index.ts')
    const { validate }: { validate: unknown } = await load('validate.ts')
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse({}))
    const onContractViolation = vi.fn()
    const client = create({ once_username: 'user', once_password: 'word', fetch, validate, onContractViolation })
    await client.sendForm?.({ body: { a: [1, 2], b: undefined, c: { d: 1 } } })
    const [, init] = fetch.mock.calls[0] ?? []
    expect(String(init?.body)).toBe('a=1&a=2&c=%7B%22d%22%3A1%7D')
    expect(new Headers(init?.headers).get('authorization')).toBe(`Basic ${btoa('user:word')}`)
    expect(onContractViolation).toHaveBeenCalledWith([{ path: '/id', message: 'is missing' }])
  })
})

describe('the generator', () => {
  test('writes the same bytes for the same contract', async () => {
    const out = mkdtempSync(join(tmpdir(), 'generated-again-'))
    onTestFinished(() => rmSync(out, { recursive: true }))
    await generate(fixture('garden.yaml'), out)
    for (const name of ['schema', 'contract', 'operations', 'validators']) {
      const again = readFileSync(join(out, `${name}.gen.ts`), 'utf8')
      expect(again).toBe(readFileSync(join(garden.folder, `src/generated/${name}.gen.ts`), 'utf8'))
    }
  })

  test.each([
    ['{ type: apiKey, in: query, name: key }', 'apiKey in query'],
    ['{ type: apiKey, in: cookie, name: key }', 'apiKey in cookie'],
    ['{ type: http, scheme: digest }', 'http digest'],
    ['{ type: openIdConnect, openIdConnectUrl: "https://garden.example/id" }', 'openIdConnect'],
  ])('stops at the security scheme %s and leaves the old files alone', async (scheme, kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'unsupported-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const text = readFileSync(fixture('garden.yaml'), 'utf8')
    const spec = join(folder, 'spec.yaml')
    writeFileSync(spec, text.replace('{ type: apiKey, in: header, name: X-Garden-Key }', scheme))
    cpSync(join(garden.folder, 'src/generated'), join(folder, 'out'), { recursive: true })
    const failure: { code: number; stderr: string } = await generate(spec, join(folder, 'out')).then(
      () => ({ code: 0, stderr: '' }),
      (error) => error,
    )
    expect(failure.code).toBe(1)
    expect(failure.stderr.trim()).toBe(
      `Security scheme "gardenKey" (${kind}) is not supported: use HTTP Basic, HTTP Bearer or an apiKey in a header.`,
    )
    const kept = readFileSync(join(folder, 'out/contract.gen.ts'), 'utf8')
    expect(kept).toBe(readFileSync(join(garden.folder, 'src/generated/contract.gen.ts'), 'utf8'))
  })
})
