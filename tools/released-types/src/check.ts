import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readContract } from '@image-install-queue/contract/old/index'
import { brokenTypes } from './compile.ts'

/** Stops a contract whose types break code that compiled with the released ones, unless its version says so. */
const require = createRequire(import.meta.url)
const released = require.resolve('@image-install-queue/spec/baseline/openapi.yaml')
const current = require.resolve('@image-install-queue/spec/openapi.yaml')

const major = async (file: string) => Number.parseInt((await readContract(file)).version, 10)
const same = readFileSync(released, 'utf8') === readFileSync(current, 'utf8')
if (!same && (await major(current)) <= (await major(released))) {
  const problems = await brokenTypes(released, current)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) {
    console.error('Code written for the released types no longer compiles: set info.version to the next major version.')
    process.exitCode = 1
  }
}
