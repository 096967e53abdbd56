#!/usr/bin/env node
import { createClient } from '@image-install-queue/client'
import { createProxy } from '../dist/network.js'
import { run } from '../dist/run.js'

// The first Ctrl-C, or the first signal to end, stops the command with an explanation. The second one ends the process.
const interrupt = new AbortController()
const stop = () => (interrupt.signal.aborted ? process.exit(130) : interrupt.abort())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
// Failures to write are handled where something is written.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const { stdin, stdout, stderr, env, argv } = process
const proxy = createProxy(env)
const ending = run(argv.slice(2), {
  createClient: (options) => createClient(proxy ? { ...options, fetch: proxy.fetch } : options),
  stdin,
  stdout,
  stderr,
  env,
  signal: interrupt.signal,
  // Without a listener the signal would end the process.
  ignoreHangup: () => process.off('SIGHUP', stop).on('SIGHUP', () => {}),
})
process.exitCode = await ending.catch((error) => {
  console.error(error)
  // After an unexpected error, a job may or may not be queued.
  return 3
})
await proxy?.close()
