import { UsageError } from './exit.ts'
import type { Io } from './io.ts'
import { invalidBaseUrl } from './messages.ts'

/** Whether a host name is this machine. */
export const isLoopback = (hostname: string): boolean => /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)

export const isHttpAddress = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address)

/**
 * The host that requests go to, unless it is this machine.
 *
 * @throws {UsageError} if CLANFORGE_BASE_URL is no address
 */
export function liveHost({ env }: Io): string | undefined {
  // By default the contract's first server.
  const address = env.CLANFORGE_BASE_URL || 'https://api.multiplay.co.uk'
  if (!isHttpAddress(address)) throw new UsageError(invalidBaseUrl)
  const { hostname, host } = new URL(address)
  return isLoopback(hostname) ? undefined : host
}
