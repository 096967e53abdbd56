import { type Contract, type Operation, resolver } from '@image-install-queue/spec/read'
import { UnsupportedContractError } from '../errors.ts'

interface Credential {
  readonly kind: 'basic' | 'bearer' | 'apiKey'
  /** Lower case, for an API key. */
  readonly header?: string
}

/** The ways to be let in, any of which will do; each names everything it needs. No way means that all are let in. */
export function readSecurity(operation: Operation, document: Contract['document']): Credential[][] {
  const resolve = resolver(document)
  const requirements = operation.node.security ?? document.security ?? []
  return requirements.map((requirement) =>
    Object.keys(requirement).map((name) => {
      const reference = document.components?.securitySchemes?.[name]
      const scheme = reference && resolve(reference)
      if (scheme?.type === 'http') {
        const kind = scheme.scheme?.toLowerCase()
        if (kind === 'basic' || kind === 'bearer') return { kind }
      }
      if (scheme?.type === 'apiKey' && scheme.in === 'header' && scheme.name) {
        return { kind: 'apiKey', header: scheme.name.toLowerCase() }
      }
      throw new UnsupportedContractError(
        `${operation.operationId}: the security scheme "${name}" is not supported. Use HTTP Basic, HTTP Bearer or an API key in a header.`,
      )
    }),
  )
}
