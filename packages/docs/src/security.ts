import { at, textAt } from '@image-install-queue/contract/old/extension'
import type { Resolve } from '@image-install-queue/contract/old/resolve'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { code } from './markdown.ts'
import { evidenceOf } from './schemas.ts'

/** How to authenticate, as a Markdown list. */
export function securityList(document: Oas3_1Definition, resolve: Resolve): string | undefined {
  const schemes = Object.entries(document.components?.securitySchemes ?? {})
  if (schemes.length === 0) return undefined
  return schemes
    .map(([name, node]) => {
      const scheme = resolve(node)
      const environment = variables(scheme).join(', ')
      const evidence = evidenceOf(scheme)
      const told = [
        `- **${code(name)}**, ${kind(scheme)}.`,
        scheme.description?.trim().replace(/\s*\n\s*/g, ' '),
        environment && `In the client's environment: ${environment}.`,
        evidence && `Evidence: *${evidence}*.`,
      ]
      return told.filter(Boolean).join(' ')
    })
    .join('\n')
}

type Scheme = NonNullable<NonNullable<Oas3_1Definition['components']>['securitySchemes']>[string]

function kind(scheme: Exclude<Scheme, { $ref: string }>): string {
  if (scheme.type === 'http') return `HTTP ${scheme.scheme}`
  if (scheme.type === 'apiKey') return `${scheme.in} ${code(scheme.name)}`
  return scheme.type
}

/** The environment variables that `x-client` names, at whatever depth. */
function variables(node: object): string[] {
  return Object.values(Object(at(node, 'x-client')))
    .flatMap((source) => textAt(source, 'env') ?? [])
    .map(code)
}
