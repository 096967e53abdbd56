#!/usr/bin/env node
import { createClient } from '@image-install-queue/client'
import { run } from '../dist/run.js'

// The first Ctrl-C, or a first signal to end, ends what is going on with an explanation; a second one ends the process.
const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => (interrupt.signal.aborted ? process.exit(130) : interrupt.abort()))
// What cannot be written is known where it is written.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const { stdin, stdout, stderr, env, argv } = process
process.exitCode = await run(argv.slice(2), {
  client: createClient(),
  stdin,
  stdout,
  stderr,
  env,
  signal: interrupt.signal,
})
