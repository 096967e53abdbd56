import type { ClientOptions } from '@image-install-queue/client'
import { isHttpAddress, isLoopback } from './host.ts'

type Fetch = NonNullable<ClientOptions['fetch']>

/** The proxy of HTTPS_PROXY. */
export interface Proxy {
  /** Sends https requests through the proxy, except to hosts in NO_PROXY and to this machine. */
  readonly fetch: Fetch
  /** Ends every connection. One to a proxy that does not respond would keep the process alive. */
  close(): Promise<void>
}

/** The proxy to use, or `undefined` without HTTPS_PROXY. */
export function createProxy(env: Readonly<Record<string, string | undefined>>): Proxy | undefined {
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

/** The problem with HTTPS_PROXY, if any. The value is not repeated: it may contain a password. */
export function proxyProblem(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = proxyAddress(env)
  if (!address || isHttpAddress(address)) return undefined
  return 'HTTPS_PROXY is not an http or https address. Set it, for example, to http://proxy.example.com:3128'
}

/** As curl does, an address without a scheme is one with http. */
function proxyAddress(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = env.https_proxy || env.HTTPS_PROXY
  return address && !address.includes('://') ? `http://${address}` : address
}
