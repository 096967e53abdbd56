import { type Caller, label, lookup, refuse } from './context.ts'
import { isBrowser } from './environment.ts'

/** The base URL that a client was last found good for: looking at it again at each call would only take time. */
const cleared = new WeakMap<object, { readonly value: string; readonly url: string }>()

/** The base URL as `fetch` takes it, without a trailing slash: the option, the environment's, or the contract's first. */
export function baseUrlOf(call: Caller): string {
  const { baseUrl, servers } = call.contract
  const value = String(lookup(call, baseUrl) ?? servers[0])
  const before = cleared.get(call.options)
  if (before?.value === value) return before.url
  // The value is not repeated: one with a user name and password in it would be a leak.
  const parsed = /^https?:\/\/[^?#]+$/i.test(value) && URL.canParse(value) ? new URL(value) : undefined
  if (!parsed || parsed.username || parsed.password) {
    refuse(call, `${label(baseUrl)} must be an http or https address without credentials, query and fragment`)
  }
  guardHost(call, value)
  const url = parsed.href.replace(/\/$/, '')
  cleared.set(call.options, { value, url })
  return url
}

/** Refuses to send credentials where others could read them. */
export function guardHost(call: Caller, address: string): void {
  const { protocol, hostname, host, port } = new URL(address)
  const { allowHttpHost, dangerouslyAllowBrowser } = call.options
  if (call.contract.security.flat().length === 0 || /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname))
    return
  const named = allowHttpHost?.toLowerCase()
  if (protocol === 'http:' && named !== hostname && named !== `${hostname}:${port || 80}`) {
    refuse(call, `credentials are not sent to ${host} over http: use https, or name it as \`allowHttpHost\``)
  }
  if (isBrowser() && !dangerouslyAllowBrowser) {
    refuse(call, 'a page cannot keep credentials secret: call from a server, or set `dangerouslyAllowBrowser: true`')
  }
}
