import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const programs: Readonly<Record<string, { readonly program: string; readonly needs: string }>> = {
  sh: { program: 'sh', needs: 'curl' },
  ts: { program: process.execPath, needs: process.execPath },
  py: { program: 'python3', needs: 'python3' },
}

/** The program that runs samples of a language. Without it, tests are skipped with a notice, and fail in CI. */
export function programFor(language: string) {
  const { program = '', needs = '' } = programs[language] ?? {}
  const isAbsent = spawnSync(needs, ['--version']).error !== undefined
  if (isAbsent && process.env.CI) it(`finds ${needs}`, () => expect.fail(`${needs} is not installed.`))
  else if (isAbsent) console.warn(`SKIPPED, ${needs} is not installed: samples in ${language}`)
  return {
    isAbsent,
    run: (path: string, env: Readonly<Record<string, string>>) =>
      promisify(execFile)(program, [path], { env: { PATH: process.env.PATH, ...env } }),
  }
}

interface ReceivedRequest {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** A server that responds to every request with the same JSON. */
export async function serverWith(response: unknown) {
  const received: ReceivedRequest[] = []
  const server = createServer(async (request, reply) => {
    const { method, url, headers } = request
    const body = await text(request)
    received.push({ method, url, headers, body: body && JSON.parse(body) })
    reply.setHeader('content-type', 'application/json').end(JSON.stringify(response))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A TCP server has an address of this type.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}
