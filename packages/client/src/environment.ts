import { orUndefined } from './values.ts'

/** Globals that only some runtimes have. */
interface Host {
  readonly process?: {
    readonly env?: Readonly<Record<string, string | undefined>>
    readonly versions?: Readonly<Record<string, string | undefined>>
    readonly execArgv?: readonly string[]
  }
  readonly navigator?: { readonly userAgent?: string }
  readonly document?: object
  readonly Deno?: { createHttpClient?(options: { poolMaxIdlePerHost: number }): { close(): void } }
}
const host: Host = globalThis

/** An environment variable; undefined without an environment, without the right to read it, or if it is empty. */
export const readEnv = (name: string | undefined): string | undefined =>
  orUndefined(() => (name && host.process?.env?.[name]) || undefined)

/** Whether this is a page or a worker of a browser. Test environments that imitate a browser on Node are not. */
export const isBrowser = (): boolean =>
  !host.process?.versions?.node && (!!host.document || !!host.navigator?.userAgent?.startsWith('Mozilla/'))

/** Options for sending one request, and a function that frees their connection. */
export interface Connection {
  readonly init?: object
  release?(): void
}

/**
 * A new connection for one request. Bun and Deno silently send a GET again if the server drops a reused connection. Node
 * does not. workerd does since its release of 2026-11-17 and, like browsers, has no option that prevents it.
 */
export function ownConnection(): Connection {
  const client = host.Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0 })
  return client ? { init: { client }, release: () => client.close() } : { init: { keepalive: false } }
}

/** A hint for a failed connection on Node if a proxy is configured that the global `fetch` does not use. */
export function proxyHint(protocol: string): string {
  const { versions = {}, execArgv = [] } = host.process ?? {}
  const name = `${protocol.replace(':', '')}_proxy`
  const proxy = [name.toUpperCase(), name].find((each) => readEnv(each))
  const isNode = !!versions.node && !versions.bun && !versions.deno
  const isUsed =
    readEnv('NODE_USE_ENV_PROXY') === '1' || `${execArgv} ${readEnv('NODE_OPTIONS')}`.includes('--use-env-proxy')
  return proxy && isNode && !isUsed
    ? ` ${proxy} is set, but fetch of Node ignores it. Set NODE_USE_ENV_PROXY=1 (Node 22.21, 24 or newer).`
    : ''
}
