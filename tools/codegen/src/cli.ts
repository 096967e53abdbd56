#!/usr/bin/env node
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Contract, InvalidContractError, readContract } from '@image-install-queue/spec/read'
import { generateClient } from './client/index.ts'
import { UnsupportedContractError } from './errors.ts'
import { differences, type Files, withHeader, write } from './files.ts'
import { generateMock } from './mock/index.ts'

const targets: Record<string, (contract: Contract) => Promise<Files>> = { client: generateClient, mock: generateMock }

const usage = `usage: image-install-queue-codegen ${Object.keys(targets).join('|')} [--check] [--spec FILE] [--out FOLDER]`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean' }, spec: { type: 'string' }, out: { type: 'string' } },
  })
  const generate = targets[positionals[0] ?? '']
  if (!generate || positionals.length !== 1) {
    console.error(usage)
    return 2
  }
  const spec = values.spec ?? createRequire(import.meta.url).resolve('@image-install-queue/spec/openapi.yaml')
  const contract = await readContract(spec)
  // Everything is generated before the first byte is written: a contract that fails leaves the old files alone.
  const files = withHeader(await generate(contract), contract)
  const out = resolve(values.out ?? 'src/generated')
  if (!values.check) {
    write(out, files)
    return 0
  }
  const changed = differences(out, files)
  for (const file of changed) console.error(`${file}: differs from what the contract generates`)
  if (changed.length > 0) console.error('Mend it with: pnpm generate')
  return changed.length > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (error instanceof InvalidContractError || error instanceof UnsupportedContractError) {
    console.error(error.message)
    process.exitCode = 1
  } else if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\n${usage}`)
    process.exitCode = 2
  } else throw error
}
