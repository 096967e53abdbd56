import { type Configuration, label, lookup, type Problems, refuse } from './configuration.ts'
import { isBrowser } from './environment.ts'

/** Finds where a client sends to. */
export type BaseUrl = (problems: Problems) => string

/** The base URL as `fetch` takes it, without a trailing slash: the option, the environment's, or the contract's first. */
export function baseUrlOf(configuration: Configuration): BaseUrl {
  const { baseUrl, servers } = configuration.contract
  // Looking at the same address again at each call would only take time.
  let good: { readonly value: string; readonly url: string } | undefined
  return (problems) => {
    const value = String(lookup(configuration, baseUrl) ?? servers[0])
    if (good?.value === value) return good.url
    const parsed = /^https?:\/\/[^?#]+$/i.test(value) && URL.canParse(value) ? new URL(value) : undefined
    // The value is not repeated: one with a user name and password in it would be a leak.
    const problem =
      !parsed || parsed.username || parsed.password
        ? `${label(baseUrl)} must be an http or https address without credentials, query and fragment`
        : refusedHost(configuration, value)
    if (problem) problems.push(problem)
    const url = parsed?.href.replace(/\/$/, '') ?? ''
    if (!problem) good = { value, url }
    return url
  }
}

/** Why credentials are not sent there, where others could read them. */
export function refusedHost({ contract, options }: Configuration, address: string): string | undefined {
  const { protocol, hostname, host, port } = new URL(address)
  const isOpen = contract.security.every((scheme) => scheme === null)
  if (isOpen || /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)) return undefined
  const named = `${options.allowHttpHost ?? ''}`.toLowerCase()
  if (protocol === 'http:' && named !== hostname && named !== `${hostname}:${port || 80}`)
    return `credentials are not sent to ${host} over http: use https, or name it as \`allowHttpHost\``
  if (isBrowser() && !options.dangerouslyAllowBrowser)
    return 'a page cannot keep credentials secret: call from a server, or set `dangerouslyAllowBrowser: true`'
  return undefined
}

/** Puts the credentials where nobody but `fetch` sees them. Where middleware leads, they go only if they may. */
export function withCredentials(
  configuration: Configuration,
  name: string,
  input: string | Request,
  { headers }: RequestInit,
  header: string | undefined,
): string | Request {
  if (typeof input === 'string') {
    if (header && headers instanceof Headers) headers.set('authorization', header)
    return input
  }
  const problem = refusedHost(configuration, input.url)
  if (problem) refuse(name, [problem])
  // A copy, since middleware sees the request again, beside the answer or the failure.
  const request = new Request(input)
  if (header) request.headers.set('authorization', header)
  return request
}
