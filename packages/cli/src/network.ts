import type { ClientOptions } from '@image-install-queue/client'
import { UsageError } from './exit.ts'

type Fetch = NonNullable<ClientOptions['fetch']>

type Env = Readonly<Record<string, string | undefined>>

/** The proxy of HTTPS_PROXY. */
export interface Proxy {
  /** Sends https requests through the proxy, except to hosts in NO_PROXY and to this machine. */
  readonly fetch: Fetch
  /** Ends every connection. One to a proxy that does not respond would keep the process alive. */
  close(): Promise<void>
}

/** The proxy to use, or `undefined` without HTTPS_PROXY. */
export function createProxy(env: Env): Proxy | undefined {
  const httpsProxy = proxyAddress(env)
  if (!httpsProxy) return undefined
  // Loaded on demand: most machines have no proxy.
  const load = async () => {
    const { EnvHttpProxyAgent, fetch } = await import('undici')
    return { fetch, dispatcher: new EnvHttpProxyAgent({ httpProxy: '', httpsProxy }) }
  }
  let loading: ReturnType<typeof load> | undefined
  return {
    async fetch(input, init) {
      const url = input instanceof Request ? input.url : input
      if (isLoopback(new URL(url).hostname)) return fetch(input, init)
      loading ??= load()
      const { fetch: proxyFetch, dispatcher } = await loading
      // Node's types of the options are those of an older undici.
      const options: object = { ...init, dispatcher }
      return proxyFetch(url, options)
    },
    async close() {
      const loaded = await loading
      await loaded?.dispatcher.destroy()
    },
  }
}

/**
 * Checks HTTPS_PROXY.
 *
 * @throws {UsageError} if it is not an address. The value is not repeated: it may contain a password.
 */
export function checkProxy(env: Env): void {
  const address = proxyAddress(env)
  if (address && !isHttpAddress(address))
    throw new UsageError(
      'HTTPS_PROXY is not an http or https address. Set it, for example, to http://proxy.example.com:3128',
    )
}

/** As curl does, an address without a scheme is one with http. */
function proxyAddress(env: Env): string | undefined {
  const address = env.https_proxy || env.HTTPS_PROXY
  return address && !address.includes('://') ? `http://${address}` : address
}

/**
 * The host that requests go to, unless it is this machine.
 *
 * @throws {UsageError} if CLANFORGE_BASE_URL is malformed. The value is not repeated: it may contain a password.
 */
export function liveHost(env: Env): string | undefined {
  // By default the contract's first server.
  const address = env.CLANFORGE_BASE_URL || 'https://api.multiplay.co.uk'
  const url = isHttpAddress(address) ? new URL(address) : undefined
  if (!url || url.username || url.password || /[?#]/.test(address))
    throw new UsageError(
      'CLANFORGE_BASE_URL must be an http or https address without credentials, query and fragment. Set it, for example, to https://api.multiplay.co.uk',
    )
  return isLoopback(url.hostname) ? undefined : url.host
}

const isHttpAddress = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address)

/** Whether a host name is this machine. */
const isLoopback = (hostname: string): boolean => /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)
