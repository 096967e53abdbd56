import type { Contract } from './contract.ts'
import { isBrowser, readEnv } from './environment.ts'
import { ConfigurationError } from './errors.ts'
import type { Values } from './parameters.ts'

/** The base URL without a trailing slash: the option, the environment's, or the contract's first server. */
export function baseUrlOf(contract: Contract, options: Values, operation: string): string {
  const { option, env } = contract.baseUrl
  const given = options[option] ?? readEnv(env)
  const value = given ?? contract.servers[0]
  if (value === undefined) {
    throw new ConfigurationError(`\`${option}\` is missing${env ? `, and so is ${env}` : ''}`, operation)
  }
  const url = typeof value === 'string' ? parse(value) : undefined
  // The value is not repeated: one with a user name and password in it would be a leak.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(String(value))) {
    throw new ConfigurationError(
      `\`${option}\` must be an http or https address without credentials, query and fragment`,
      operation,
    )
  }
  return String(value).replace(/\/$/, '')
}

export const hasBaseUrl = (contract: Contract, options: Values): boolean =>
  (options[contract.baseUrl.option] ?? readEnv(contract.baseUrl.env)) !== undefined

/** Refuses to send credentials where others could read them. */
export function guardHost(address: string, options: Values, operation: string): void {
  const url = new URL(address)
  if (isLoopback(url.hostname)) return
  if (url.protocol !== 'https:' && options.allowHttpHost !== url.hostname && options.allowHttpHost !== url.host) {
    throw new ConfigurationError(
      `credentials are not sent to ${url.origin} over http: use https, or set \`allowHttpHost: '${url.hostname}'\``,
      operation,
    )
  }
  if (isBrowser() && options.dangerouslyAllowBrowser !== true) {
    throw new ConfigurationError(
      'in a browser everybody can read the credentials: call from a server, or set `dangerouslyAllowBrowser: true`',
      operation,
    )
  }
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}

const isLoopback = (hostname: string): boolean => /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)
