import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import { interleave, type Row } from './measure.ts'

const require = createRequire(import.meta.url)
const mock = join(dirname(require.resolve('@image-install-queue/mock/package.json')), 'bin/mock.js')
const prism = join(dirname(require.resolve('@stoplight/prism-cli/package.json')), 'dist/index.js')
const spec = require.resolve('@image-install-queue/spec/openapi.yaml')

const headers = { authorization: `Basic ${btoa('access:secret')}` }
const path = (jobid: number) => `/cfp/v1/imageinstall/${jobid}/queue?accountserviceid=5678&mirroring=true`
const silent = 'prism mock -v silent'
const commands = {
  ours: (port: string) => [mock, '--port', port, '--quiet'],
  [silent]: (port: string) => [prism, 'mock', spec, '--port', port, '-v', 'silent'],
  'prism mock': (port: string) => [prism, 'mock', spec, '--port', port],
}
type Name = keyof typeof commands

/** Compares start time, requests per second and memory with Prism's command line. All job IDs differ. */
export async function measureMock(): Promise<Row[]> {
  const both = ['ours', silent] as const
  const start = await interleave(['ours', 'prism mock'], 7, (name) =>
    withServer(name, async ({ startedIn }) => startedIn),
  )
  const rate = await interleave(both, 5, (name) =>
    withServer(name, async ({ url }) => {
      await load(url, { duration: 1 })
      return (await load(url, { duration: 3 })).requests.average
    }),
  )
  const resident = await interleave(both, 1, (name) =>
    withServer(name, async ({ url, pid }) => {
      await load(url, { amount: 100_000 })
      return residentMemory(pid)
    }),
  )
  return [
    { name: 'start to the first response', unit: 'ms', ...compared('prism mock', start), atMost: 0.28 },
    { name: 'requests', unit: '/s', ...compared(silent, rate), atLeast: 2.5 },
    { name: 'memory after 100,000 job IDs', unit: 'MiB', ...compared(silent, resident), atMost: 1 },
  ]
}

function compared<Reference extends Name>(reference: Reference, samples: (name: 'ours' | Reference) => number[]) {
  return { reference, ours: samples('ours'), theirs: samples(reference) }
}

/** A server in its own process. */
interface Server {
  readonly url: string
  readonly pid: number
  /** From the start of the process to its first response with 200, in ms. */
  readonly startedIn: number
}

/** Starts a server on a free port, polls it until it returns 200, and stops it after `use`. */
async function withServer(name: Name, use: (server: Server) => Promise<number>): Promise<number> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = performance.now()
  const child = spawn(process.execPath, commands[name](port), { stdio: 'ignore' })
  try {
    for (;;) {
      const response = await fetch(url + path(1), { headers }).catch(() => undefined)
      await response?.arrayBuffer()
      const startedIn = performance.now() - started
      if (response?.status === 200) return await use({ url, pid: child.pid ?? Number.NaN, startedIn })
      if (child.exitCode !== null || startedIn > 30_000) {
        throw new Error(`${name} did not return 200 within 30 s (exit code ${child.exitCode}).`)
      }
      await pause(2)
    }
  } finally {
    const closed = once(child, 'close')
    if (child.kill('SIGKILL')) await closed
  }
}

/** Requests over 10 connections, each with a new job ID. */
function load(url: string, length: { duration: number } | { amount: number }) {
  let jobid = 10_000
  const setupRequest = (request: autocannon.Request) => ({ ...request, path: path(jobid++) })
  return autocannon({ url, connections: 10, ...length, requests: [{ headers, setupRequest }] })
}

/** Resident memory of a process, in MiB. */
function residentMemory(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** A port that was free a moment ago. Prism does not print the port it chose. */
async function freePort(): Promise<string> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address
  server.close()
  await once(server, 'close')
  return String(port)
}
