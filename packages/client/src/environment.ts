/** The globals that only some runtimes have. */
interface Host {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> }
  readonly navigator?: { readonly userAgent?: string }
  readonly Deno?: { createHttpClient?(options: { poolMaxIdlePerHost: number }): { close(): void } }
}
const host: Host = globalThis

/** An environment variable; without an environment, or without the right to read it, there is none. */
export function readEnv(name: string | undefined): string | undefined {
  try {
    return (name && host.process?.env?.[name]) || undefined
  } catch {
    return undefined
  }
}

/** Whether this is a page or worker of a browser, where everybody can read what the code knows. */
export const isBrowser = (): boolean => host.navigator?.userAgent?.startsWith('Mozilla/') ?? false

/** What a request is sent with to travel on a connection of its own. */
export interface Connection {
  readonly init: object
  release(): void
}

/**
 * Bun and Deno send a GET again, unseen, when the server drops a connection that was used before. They are kept from
 * reusing one. Node and workerd do not send again; in browsers nothing can be done.
 */
export function ownConnection(): Connection {
  const client = host.Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0 })
  return { init: { keepalive: false, ...(client && { client }) }, release: () => client?.close() }
}

let storeOption: { cache?: 'no-store' } | undefined

/** `cache: 'no-store'`, unless this runtime refuses it, as older workerd does. */
export function noStore(): { cache?: 'no-store' } {
  if (!storeOption) {
    try {
      new Request('http://localhost', { cache: 'no-store' })
      storeOption = { cache: 'no-store' }
    } catch {
      storeOption = {}
    }
  }
  return storeOption
}
