import type { Document, Operation, SecurityScheme } from '@image-install-queue/contract'
import type { Context } from './context.ts'
import { withEvidence } from './evidence.ts'
import { codeSpan, paragraphs } from './markdown.ts'

/** How to authenticate, and at which hosts. */
export function authentication({ document, legend }: Context): string {
  const schemes = Object.entries(document.components?.securitySchemes ?? {}).map(([name, scheme]) => {
    const text = [`**${schemeName(name, scheme)}.**`, scheme.description?.trim(), environment(scheme)].filter(Boolean)
    return `- ${withEvidence({ ...scheme, description: text.join(' ') }, legend)}`
  })
  const hosts = document.servers.map(({ url, description = '' }) => `- ${codeSpan(url)}: ${description.trim()}`)
  return paragraphs(schemes.join('\n'), `The host${hosts.length > 1 ? 's' : ''}:`, hosts.join('\n'))
}

/** What people call a scheme, and the contract's name for it. */
function schemeName(name: string, { scheme }: SecurityScheme): string {
  return `${scheme === 'basic' ? 'HTTP Basic' : 'Bearer token'} (${name})`
}

/** The schemes any of which a call takes. */
export function schemesOf({ security }: Operation, { components }: Document): string {
  const names = security.map((name = '') => {
    const scheme = components?.securitySchemes?.[name]
    return scheme ? schemeName(name, scheme) : 'none'
  })
  return names.join(' or ') || 'none'
}

/** The environment variables that the client and the samples read. */
function environment({ 'x-client': client = {} }: SecurityScheme): string | undefined {
  const names = Object.values(client).flatMap(({ env }) => env ?? [])
  return names.length > 0 ? `In the environment: ${names.map(codeSpan).join(', ')}.` : undefined
}
