import { createInterface } from 'node:readline'
import type { Io } from './io.ts'

const loopback = /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/

/** The host that requests go to, unless it is this machine; without an address, the one that the contract names first. */
function liveHost({ env }: Io): string | undefined {
  const address = env.CLANFORGE_BASE_URL
  if (!address || !URL.canParse(address)) return 'the live API'
  const { hostname, host } = new URL(address)
  return loopback.test(hostname) ? undefined : host
}

/** What is wrong with the address that requests go to. The value is not repeated, since it may contain a password. */
export function addressProblem({ env }: Io): string | undefined {
  const address = env.CLANFORGE_BASE_URL
  if (!address || (/^https?:\/\//i.test(address) && URL.canParse(address))) return undefined
  return 'CLANFORGE_BASE_URL is not an http or https address. Set it, for example, to https://api.multiplay.co.uk'
}

/** Whether a question is needless, or there is somebody who can answer it. */
export const canAsk = (io: Io): boolean =>
  liveHost(io) === undefined || (io.stdin.isTTY === true && io.stderr.isTTY === true)

/** Says what is about to happen to game servers and asks whether it shall. A host that is loopback needs no question. */
export async function confirm(io: Io, jobs: number): Promise<boolean> {
  const host = liveHost(io)
  if (host === undefined) return true
  const { stdin: input, stderr: output, signal } = io
  output.write(`This queues ${jobs === 1 ? 'one install' : `${jobs} installs`} on ${host}. While an install runs, the game servers that
are configured to use its image are locked: they neither start nor stop until it ends.
`)
  // The terminal keeps its own line editing, and Ctrl-C its meaning.
  const reader = createInterface({ input, output, terminal: false, signal })
  try {
    return await new Promise((resolve) => {
      reader.once('close', () => resolve(false))
      reader.question('Queue? [y/N] ', (answer) => resolve(/^y(es)?$/i.test(answer.trim())))
    })
  } finally {
    reader.close()
  }
}
