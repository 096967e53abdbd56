#!/usr/bin/env node
import { createClient } from '@image-install-queue/client'
import { run } from '../dist/run.js'

// The first Ctrl-C ends what is going on with an explanation; a second one ends the process.
const interrupt = new AbortController()
process.on('SIGINT', () => (interrupt.signal.aborted ? process.exit(130) : interrupt.abort()))
// Nobody reads on: nothing more is sent.
process.stdout.on('error', () => interrupt.abort())
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
