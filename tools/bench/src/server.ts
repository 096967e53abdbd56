import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A server in a process of its own. */
export interface Server {
  readonly url: string
  readonly pid: number
  /** From the start of the process to its first answer with 200, in ms. */
  readonly ms: number
  stop(): Promise<void>
}

/** Starts a server on Node and asks it every 2 ms until it answers `path` with 200. */
export async function startServer(
  args: (port: string) => readonly string[],
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = performance.now()
  const child = spawn(process.execPath, args(port), { stdio: 'ignore' })
  const stop = async () => {
    const closed = once(child, 'close')
    if (child.kill('SIGKILL')) await closed
  }
  for (;;) {
    const response = await fetch(url + path, { headers }).catch(() => undefined)
    await response?.arrayBuffer()
    const ms = performance.now() - started
    if (response?.status === 200) return { url, pid: child.pid ?? Number.NaN, ms, stop }
    if (child.exitCode !== null || ms > 30_000) {
      await stop()
      throw new Error(`${child.spawnargs.join(' ')} did not answer within 30 s, exit code ${child.exitCode}`)
    }
    await pause(2)
  }
}

/** Resident memory of a server in MiB. */
export function memory({ pid }: Server): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** A port that was free a moment ago, for programs that cannot choose one themselves. */
async function freePort(): Promise<string> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address
  server.close()
  await once(server, 'close')
  return String(port)
}
