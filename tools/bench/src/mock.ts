import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import autocannon from 'autocannon'
import { interleave, type Row } from './measure.ts'
import { memory, type Server, startServer } from './server.ts'

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

/** Time to the first answer, answers per second to job ids that all differ, and memory after many of them. */
export async function measureMock(): Promise<Row[]> {
  const both = ['ours', silent] as const
  const start = await interleave(['ours', 'prism mock'], 7, (name) => withServer(name, async ({ ms }) => ms))
  const rate = await interleave(both, 5, (name) =>
    withServer(name, async ({ url }) => {
      await load(url, { duration: 1 })
      return (await load(url, { duration: 3 })).requests.average
    }),
  )
  const grown = await interleave(both, 1, (name) =>
    withServer(name, async (server) => {
      await load(server.url, { amount: 100_000 })
      return memory(server)
    }),
  )
  return [
    { what: 'start to the first answer', unit: 'ms', ...against('prism mock', start), atMost: 0.28 },
    { what: 'requests, all job ids different', unit: '/s', ...against(silent, rate), atLeast: 2.5 },
    { what: 'memory after 100,000 job ids', unit: 'MiB', ...against(silent, grown), atMost: 1 },
  ]
}

function against<Reference extends Name>(reference: Reference, taken: (name: 'ours' | Reference) => number[]) {
  return { reference, ours: taken('ours'), theirs: taken(reference) }
}

async function withServer(name: Name, use: (server: Server) => Promise<number>): Promise<number> {
  const server = await startServer(commands[name], path(1), headers)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

/** Requests over 10 connections, each with a job id that none had before. */
function load(url: string, length: { duration: number } | { amount: number }) {
  let jobid = 10_000
  const setupRequest = (request: autocannon.Request) => ({ ...request, path: path(jobid++) })
  return autocannon({ url, connections: 10, ...length, requests: [{ headers, setupRequest }] })
}
