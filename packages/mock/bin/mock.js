#!/usr/bin/env node
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// A mock keeps next to nothing from request to request. Left alone, V8 would still let its young generation grow to 100 MB
// and more; this holds it small, for the command only and never for a program that imports the mock.
for (const flag of ['--min-semi-space-size=1', '--max-semi-space-size=2', '--semi-space-growth-factor=1']) {
  setFlagsFromString(flag)
}

// Who reads the lines may leave before the mock ends.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const { run } = createRequire(import.meta.url)('../dist/mock.cjs')
process.exitCode = await run(process.argv.slice(2))
