import type { ClientOptions } from '@image-install-queue/client'
import { isLoopback } from './host.ts'

type Fetch = NonNullable<ClientOptions['fetch']>

/**
 * A `fetch` that sends https requests through the proxy of HTTPS_PROXY, except to hosts in NO_PROXY and to this machine.
 * `undefined` without HTTPS_PROXY.
 */
export function createProxyFetch(env: Readonly<Record<string, string | undefined>>): Fetch | undefined {
  const httpsProxy = proxyAddress(env)
  if (!httpsProxy) return undefined
  // Loaded on demand: most machines have no proxy.
  const load = async () => {
    const { EnvHttpProxyAgent, fetch } = await import('undici')
    return { fetch, dispatcher: new EnvHttpProxyAgent({ httpProxy: '', httpsProxy }) }
  }
  let loading: ReturnType<typeof load> | undefined
  return async (input, init) => {
    const url = input instanceof Request ? input.url : input
    if (isLoopback(new URL(url).hostname)) return fetch(input, init)
    loading ??= load()
    const { fetch: proxyFetch, dispatcher } = await loading
    // Node's types of the options are those of an older undici.
    const options: object = { ...init, dispatcher }
    return proxyFetch(url, options)
  }
}

/** The problem with HTTPS_PROXY, if any. The value is not repeated: it may contain a password. */
export function proxyProblem(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = proxyAddress(env)
  if (!address || (/^https?:\/\//i.test(address) && URL.canParse(address))) return undefined
  return 'HTTPS_PROXY is not an http or https address. Set it, for example, to http://proxy.example.com:3128'
}

/** As curl does, an address without a scheme is one with http. */
function proxyAddress(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = env.https_proxy || env.HTTPS_PROXY
  return address && !address.includes('://') ? `http://${address}` : address
}
