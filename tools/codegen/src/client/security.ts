import { at, textAt } from '@image-install-queue/contract/old/extension'
import type { Contract } from '@image-install-queue/contract/old/index'
import { readScheme, type Scheme, waysIn } from '../security.ts'

/** Where the client finds a value: an option and perhaps an environment variable, perhaps only beside another option. */
export interface Source {
  readonly option: string
  readonly env?: string
  readonly requires?: string
}

/** A way to say who calls, and where the client finds what it needs for that. */
export interface ClientScheme extends Scheme {
  /** User name and password, or the one token or key. */
  readonly values: readonly Source[]
}

const valueNames = { basic: ['username', 'password'], bearer: ['token'], apiKey: ['apiKey'] }

/**
 * The security schemes that operations use, by name.
 *
 * @throws {UnsupportedContractError} for a scheme other than HTTP Basic, Bearer and an API key in a header
 */
export function readSchemes({ document, operations }: Contract): Record<string, ClientScheme> {
  const names = new Set(operations.flatMap((operation) => waysIn(operation, document)).flat())
  const schemes: Record<string, ClientScheme> = {}
  for (const name of names) {
    const scheme = readScheme(name, document)
    const taken = Object.values(schemes).flatMap(({ values }) => values.map(({ option }) => option))
    const keys = valueNames[scheme.kind]
    const ownName = (key: string) => (keys.length > 1 ? `${name}_${key}` : name)
    const values = keys.map(
      (key) => toSource(at(at(scheme.node, 'x-client'), key)) ?? { option: taken.includes(key) ? ownName(key) : key },
    )
    schemes[name] = { ...scheme, values }
  }
  return schemes
}

/** Reads `{ option, env?, requires? }`. */
export function toSource(node: unknown): Source | undefined {
  const [option, env, requires] = [textAt(node, 'option'), textAt(node, 'env'), textAt(node, 'requires')]
  return option === undefined ? undefined : { option, ...(env && { env }), ...(requires && { requires }) }
}
