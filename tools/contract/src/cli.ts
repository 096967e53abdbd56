#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, report } from './compare/compare.ts'
import { release, unreleased } from './compare/release.ts'
import { InvalidContractError, readContract } from './contract.ts'

/** Commands for the contract in the current folder. */
const commands = {
  /** Reports what is outside the profile. */
  async validate() {
    await readContract(files.current)
    return true
  },
  /** Compares the contract with the released one. */
  async compare() {
    return print(await compare(files.released, files.current))
  },
  /** Makes the contract the released one. */
  async release() {
    return print(await release(files))
  },
  /** Whether the contract is the released one. */
  async released() {
    const reasons = await unreleased(files)
    for (const reason of reasons) console.error(reason)
    return reasons.length === 0
  },
  /** Writes the contract as JSON. */
  async json() {
    const { document } = await readContract(files.current)
    mkdirSync('dist', { recursive: true })
    writeFileSync('dist/openapi.json', `${JSON.stringify(document, null, 2)}\n`)
    return true
  },
}

const folder = process.cwd()
const files = {
  released: join(folder, 'baseline/openapi.yaml'),
  current: join(folder, 'openapi.yaml'),
  changelog: join(folder, 'CHANGELOG.md'),
  manifest: join(folder, 'package.json'),
}

function print(comparison: Awaited<ReturnType<typeof compare>>): boolean {
  for (const line of report(comparison)) console.log(line)
  return comparison.ok
}

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name)

try {
  const [name = ''] = process.argv.slice(2)
  if (isCommand(name)) process.exitCode = (await commands[name]()) ? 0 : 1
  else {
    console.error(`usage: image-install-queue-contract ${Object.keys(commands).join('|')}`)
    process.exitCode = 2
  }
} catch (error) {
  if (!(error instanceof InvalidContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
