import type { Io } from './io.ts'

/** Whether a host name is this machine. */
export const isLoopback = (hostname: string): boolean => /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)

/** The host of the contract's first server. */
const defaultHost = 'api.multiplay.co.uk'

/** The host that requests go to, unless it is this machine. */
export function liveHost({ env }: Io): string | undefined {
  const { hostname, host } = new URL(env.CLANFORGE_BASE_URL || `https://${defaultHost}`)
  return isLoopback(hostname) ? undefined : host
}

/** The problem with the address that requests go to, if any. The value is not repeated: it may contain a password. */
export function addressProblem({ env }: Io): string | undefined {
  const address = env.CLANFORGE_BASE_URL
  if (!address || (/^https?:\/\//i.test(address) && URL.canParse(address))) return undefined
  return `CLANFORGE_BASE_URL is not an http or https address. Set it, for example, to https://${defaultHost}`
}
