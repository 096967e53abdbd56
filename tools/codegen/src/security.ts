import { type Contract, type Operation, resolver } from '@image-install-queue/contract/old/index'
import type { Oas3SecurityScheme } from '@redocly/openapi-core'
import { UnsupportedContractError } from './errors.ts'

/** How a credential is sent. */
export interface Scheme {
  readonly kind: 'basic' | 'bearer' | 'apiKey'
  /** Lower case. */
  readonly header: string
  readonly node: Oas3SecurityScheme
}

/** The ways to be let in, any of which will do: the names of the schemes that each needs. No way means that all are let in. */
export const waysIn = ({ node }: Operation, document: Contract['document']): string[][] =>
  (node.security ?? document.security ?? []).map((requirement) => Object.keys(requirement))

/**
 * The security scheme with this name.
 *
 * @throws {UnsupportedContractError} for a scheme other than HTTP Basic, Bearer and an API key in a header
 */
export function readScheme(name: string, document: Contract['document']): Scheme {
  const reference = document.components?.securitySchemes?.[name]
  if (!reference) throw new UnsupportedContractError(`Security scheme "${name}" is used but not declared.`)
  const node = resolver(document)(reference)
  if (node.type === 'apiKey' && node.in === 'header') return { kind: 'apiKey', header: node.name.toLowerCase(), node }
  const kind = node.type === 'http' && node.scheme.toLowerCase()
  if (kind === 'basic' || kind === 'bearer') return { kind, header: 'authorization', node }
  const detail =
    node.type === 'http' ? `http ${node.scheme}` : node.type === 'apiKey' ? `apiKey in ${node.in}` : node.type
  throw new UnsupportedContractError(
    `Security scheme "${name}" (${detail}) is not supported: use HTTP Basic, HTTP Bearer or an apiKey in a header.`,
  )
}
