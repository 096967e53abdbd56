import type { Document, Operation, SecurityScheme } from '@image-install-queue/contract'
import type { Context } from './context.ts'
import { codeSpan, paragraphs, withEvidence } from './markdown.ts'

/** The security schemes and the hosts. */
export function authentication({ document, legend }: Context): string {
  const schemes = Object.entries(document.components?.securitySchemes ?? {}).map(([name, scheme]) => {
    const text = [`**${schemeName(name, scheme)}.**`, scheme.description, environment(scheme)].filter(Boolean)
    return `- ${withEvidence({ ...scheme, description: text.join(' ') }, legend)}`
  })
  const hosts = document.servers.map(({ url, description = '' }) => `- ${codeSpan(url)}: ${description}`)
  return paragraphs(schemes.join('\n'), hosts.length > 1 ? 'The hosts:' : 'The host:', hosts.join('\n'))
}

const schemeName = (name: string, { scheme }: SecurityScheme) =>
  `${scheme === 'basic' ? 'HTTP Basic' : 'Bearer token'} (${name})`

/** The alternative schemes of a call. */
export function schemesOf({ security }: Operation, { components }: Document): string {
  const names = security.map((name = '') => {
    const scheme = components?.securitySchemes?.[name]
    return scheme ? schemeName(name, scheme) : 'none'
  })
  return names.join(' or ') || 'none'
}

function environment({ 'x-client': client = {} }: SecurityScheme): string | undefined {
  const names = Object.values(client).flatMap(({ env }) => env ?? [])
  return names.length > 0 ? `Environment variables: ${names.map(codeSpan).join(', ')}.` : undefined
}
