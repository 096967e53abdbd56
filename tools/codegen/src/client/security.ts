import { type Contract, resolver } from '@image-install-queue/spec/read'
import type { Oas3SecurityScheme } from '@redocly/openapi-core'
import { UnsupportedContractError } from '../errors.ts'

/** Where the client finds a value: an option and perhaps an environment variable, perhaps only beside another option. */
export interface Source {
  readonly option: string
  readonly env?: string
  readonly requires?: string
}

export interface Scheme {
  readonly type: 'basic' | 'bearer' | 'apiKey'
  readonly header: string
  /** User name and password, or the one token or key. */
  readonly values: readonly Source[]
}

/**
 * The security schemes that operations use, by name.
 *
 * @throws {UnsupportedContractError} for a scheme other than HTTP Basic, Bearer and an API key in a header
 */
export function readSchemes(contract: Contract): Record<string, Scheme> {
  const resolve = resolver(contract.document)
  const used = contract.operations.flatMap(({ node }) => node.security ?? contract.document.security ?? [])
  const names = [...new Set(used.flatMap((alternative) => Object.keys(alternative)))]
  const schemes: Record<string, Scheme> = {}
  for (const name of names) {
    const reference = contract.document.components?.securitySchemes?.[name]
    if (!reference) throw new UnsupportedContractError(`Security scheme "${name}" is used but not declared.`)
    const taken = Object.values(schemes).flatMap(({ values }) => values.map(({ option }) => option))
    schemes[name] = readScheme(name, resolve(reference), taken)
  }
  return schemes
}

function readScheme(name: string, node: Oas3SecurityScheme, taken: readonly string[]): Scheme {
  const client: unknown = Reflect.get(node, 'x-client')
  const named = (key: string) => (client && typeof client === 'object' ? toSource(Reflect.get(client, key)) : undefined)
  const source = (key: string): Source => named(key) ?? { option: taken.includes(key) ? name : key }
  const scheme = node.type === 'http' ? node.scheme?.toLowerCase() : node.type
  if (scheme === 'basic') {
    return { type: 'basic', header: 'authorization', values: [source('username'), source('password')] }
  }
  if (scheme === 'bearer') return { type: 'bearer', header: 'authorization', values: [source('token')] }
  if (node.type === 'apiKey' && node.in === 'header') {
    return { type: 'apiKey', header: node.name.toLowerCase(), values: [source('apiKey')] }
  }
  const kind =
    node.type === 'http' ? `http ${node.scheme}` : node.type === 'apiKey' ? `apiKey in ${node.in}` : node.type
  throw new UnsupportedContractError(
    `Security scheme "${name}" (${kind}) is not supported: use HTTP Basic, HTTP Bearer or an apiKey in a header.`,
  )
}

/** Reads `{ option, env?, requires? }`. */
export function toSource(node: unknown): Source | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  const text = (key: string) => {
    const value: unknown = Reflect.get(node, key)
    return typeof value === 'string' ? value : undefined
  }
  const [option, env, requires] = [text('option'), text('env'), text('requires')]
  return option === undefined ? undefined : { option, ...(env && { env }), ...(requires && { requires }) }
}
