import { type Configuration, label, lookup, type Problems } from './configuration.ts'
import { isBrowser } from './environment.ts'
import type { ConfigurationProblem } from './errors.ts'
import { orUndefined } from './values.ts'

/** The base URL without a trailing slash: the option's, the environment's, or the first server of the contract. */
export function findBaseUrl(configuration: Configuration, problems: Problems): string {
  const { baseUrl, servers } = configuration.contract
  const value = String(lookup(configuration, baseUrl) ?? servers[0])
  const url = /^https?:\/\/[^?#]+$/i.test(value) ? orUndefined(() => new URL(value)) : undefined
  if (!url || url.username || url.password) {
    // The value is not repeated: it could contain a password.
    const message = `${label(baseUrl)} must be an HTTP or HTTPS URL without credentials, query and fragment.`
    problems.push({ code: 'invalid', name: baseUrl.option, env: baseUrl.env, message })
    return ''
  }
  const problem = hostProblem(configuration, url)
  if (problem) problems.push(problem)
  return url.href.replace(/\/$/, '')
}

export const isLoopback = (hostname: string): boolean => /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)

/** Why credentials must not be sent to a URL: others could read them. */
export function hostProblem(
  { contract, options }: Configuration,
  { protocol, hostname, host, port }: URL,
): ConfigurationProblem | undefined {
  const isOpen = contract.security.every((scheme) => scheme === null)
  if (isOpen || isLoopback(hostname)) return undefined
  const { option: name, env } = contract.baseUrl
  const allowed = `${options.allowHttpHost ?? ''}`.toLowerCase()
  if (protocol === 'http:' && allowed !== hostname && allowed !== `${hostname}:${port || 80}`) {
    const message = `credentials must not be sent to ${host} over plain HTTP. Use HTTPS, or set \`allowHttpHost: '${host}'\`.`
    return { code: 'insecure', name, env, message }
  }
  if (isBrowser() && !options.fetch && !options.dangerouslyAllowBrowser) {
    const message =
      'a web page cannot keep credentials secret. Call from a server, or set `dangerouslyAllowBrowser: true`.'
    return { code: 'insecure', name: 'dangerouslyAllowBrowser', message }
  }
  return undefined
}
