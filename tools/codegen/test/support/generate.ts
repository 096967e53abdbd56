import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { run } from '../../src/run.ts'

const root = join(import.meta.dirname, '../../../..')

/** The contracts that other tests are made with: each is another way to use OpenAPI. */
export const fixtures = {
  bare: join(root, 'packages/client/test/fixtures/bare.yaml'),
  garden: join(root, 'packages/client/test/fixtures/garden.yaml'),
  library: join(root, 'packages/docs/test/fixtures/library.yaml'),
  parcels: join(root, 'tools/swap/test/fixtures/parcels.yaml'),
  plain: join(root, 'packages/client/test/fixtures/plain.yaml'),
  pets: join(root, 'packages/mock/test/fixtures/pets.yaml'),
}

/** What a run of the generator does: its exit code, what it complains about, and the files by name. */
export async function generated(target: 'client' | 'mock', spec: string) {
  const out = mkdtempSync(join(tmpdir(), 'codegen-'))
  const complaints: string[] = []
  const error = vi.spyOn(console, 'error').mockImplementation((line) => complaints.push(line))
  try {
    const exitCode = await run([target, '--spec', spec, '--out', out])
    const files: Record<string, string> = Object.fromEntries(
      readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]),
    )
    return { exitCode, complaints, files }
  } finally {
    error.mockRestore()
    rmSync(out, { recursive: true })
  }
}

/** The same of a contract that is only text: paths, components and whatever else stands at the top. */
export async function generatedFrom(target: 'client' | 'mock', contract: object) {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'))
  const spec = join(folder, 'contract.json')
  writeFileSync(spec, JSON.stringify({ openapi: '3.1.1', info: { title: 'Test', version: '1.0.0' }, ...contract }))
  try {
    return await generated(target, spec)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
