import { attempt, canMake } from './values.ts'

/** The globals that only some runtimes have. */
interface Host {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> }
  readonly navigator?: { readonly userAgent?: string }
  readonly Deno?: { createHttpClient?(options: { poolMaxIdlePerHost: number }): { close(): void } }
}
const host: Host = globalThis

/** An environment variable; without an environment, or without the right to read it, there is none. */
export const readEnv = (name: string | undefined): string | undefined =>
  attempt(() => (name && host.process?.env?.[name]) || undefined)

/** Whether this is a page or worker of a browser, where everybody can read what the code knows. */
export const isBrowser = (): boolean => !!host.navigator?.userAgent?.startsWith('Mozilla/')

let cache: { cache?: 'no-store' } | undefined

/** `cache: 'no-store'`, unless this runtime refuses it, as older workerd does. */
export function noStore(): { cache?: 'no-store' } {
  if (cache) return cache
  const wanted = { cache: 'no-store' } as const
  cache = canMake(() => new Request('http://localhost', wanted)) ? wanted : {}
  return cache
}

/** How a request is sent, and what is done when its answer is read. */
export interface Connection {
  readonly init?: object
  release?(): void
}

/**
 * A connection for one request. Bun and Deno send a GET again, unseen, when the server drops a connection that was used
 * before, so they are kept from reusing one. Node does not send again. workerd does, from 2026-11-17 on, and has no option
 * that would keep it from that; neither have browsers.
 */
export function ownConnection(): Connection {
  const client = host.Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0 })
  return client ? { init: { client }, release: () => client.close() } : { init: { keepalive: false } }
}
