import type { Document, Evidence, SecurityScheme } from '@image-install-queue/contract'
import { append, code, paragraphs } from './markdown.ts'

export const authenticationHeading = 'Authentication'

/** How to authenticate, and at which hosts. */
export function authentication({ components, servers }: Document, chip: (evidence: Evidence) => string): string {
  const schemes = Object.entries(components?.securitySchemes ?? {}).map(([name, scheme]) => {
    const evidence = scheme['x-evidence']
    const text = [`**${schemeName(name, scheme)}.**`, scheme.description?.trim(), environment(scheme)].filter(Boolean)
    return `- ${evidence ? append(text.join(' '), chip(evidence)) : text.join(' ')}`
  })
  const hosts = servers.map(({ url, description = '' }) => `- ${code(url)}: ${description.trim()}`)
  return paragraphs(schemes.join('\n'), `The host${hosts.length > 1 ? 's' : ''}:`, hosts.join('\n'))
}

/** What people call a scheme, and the contract's name for it. */
export function schemeName(name: string, { scheme }: SecurityScheme): string {
  return `${scheme === 'basic' ? 'HTTP Basic' : 'Bearer token'} (${name})`
}

/** The environment variables that the client and the samples read. */
function environment({ 'x-client': client = {} }: SecurityScheme): string | undefined {
  const names = Object.values(client).flatMap(({ env }) => env ?? [])
  return names.length > 0 ? `In the environment: ${names.map(code).join(', ')}.` : undefined
}
