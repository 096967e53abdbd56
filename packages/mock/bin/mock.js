#!/usr/bin/env node
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// Little memory outlives a request, but V8's young generation would grow to 100 MB. These limits keep it small, for the
// command only and not for a program that imports the mock.
for (const flag of ['--min-semi-space-size=1', '--max-semi-space-size=2', '--semi-space-growth-factor=1']) {
  setFlagsFromString(flag)
}

// The reader of the lines may end before the mock.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const { run } = createRequire(import.meta.url)('../dist/mock.cjs')
// Lines in a pipe that is not read would keep the process running.
process.exit(await run(process.argv.slice(2)))
