import {
  componentName,
  type Discriminator,
  type Document,
  discriminators,
  isInBandError,
  isReference,
  knownValues,
  nodesOf,
  type Resolve,
  type Schema,
} from '@image-install-queue/contract'
import { comment, literal, quote } from '../text.ts'

const schemasOf = ({ components }: Document): [name: string, schema: Schema][] =>
  Object.entries(components?.schemas ?? {})

/** A type with the name of each component schema. */
export const aliases = (document: Document): string =>
  schemasOf(document)
    .map(
      ([name, { description }]) =>
        `${comment([description])}export type ${name} = components['schemas'][${quote(name)}]\n`,
    )
    .join('\n')

/** An object of constants for each schema that names its values (`x-enum-varnames`). */
export const constants = (document: Document): string =>
  schemasOf(document)
    .flatMap(([name, schema]) => {
      const constants = knownValues(schema).flatMap(({ name: constant, value, meaning }) =>
        constant ? [`${comment([meaning], '  ')}  ${constant}: ${literal(value)},\n`] : [],
      )
      const doc = `/** The known values of {@link ${name}}, by name. Others may appear. */`
      return constants.length > 0 ? [`${doc}\nexport const ${name} = {\n${constants.join('')}} as const\n`] : []
    })
    .join('\n')

/** The conditions of a type guard, in code and in words, and the variants that it distinguishes. */
interface Guard {
  readonly conditions: Map<string, string>
  readonly siblings: Set<string>
}

/** A type guard for each variant of a union that is not an error, by its discriminators in all unions that contain it. */
export function guards(document: Document, resolve: Resolve): string {
  const found = new Map<string, Guard>()
  for (const union of unions(document)) {
    const variants = union.filter((variant) => !isInBandError(variant, resolve))
    if (variants.length < 2) continue
    const all = discriminators(variants, resolve)
    for (const [index, variant] of variants.entries()) {
      const name = componentName(variant)
      const guard = found.get(name) ?? { conditions: new Map(), siblings: new Set() }
      found.set(name, guard)
      // The profile requires one for each variant.
      const [code, words] = condition(all[index] as Discriminator)
      guard.conditions.set(code, words)
      for (const sibling of variants) guard.siblings.add(componentName(sibling))
    }
  }
  return [...found]
    .map(([name, { conditions, siblings }]) => {
      const type = [...siblings].join(' | ')
      const doc = comment([`Whether this is a {@link ${name}}: ${[...conditions.values()].join(', and ')}.`])
      return `${doc}export const is${name} = (value: ${type}): value is ${name} => ${[...conditions.keys()].join(' && ')}\n`
    })
    .join('\n')
}

function condition(discriminator: Discriminator): [code: string, words: string] {
  const { property } = discriminator
  const exists = `${quote(property)} in value`
  if (!('const' in discriminator)) return [exists, `it has \`${property}\``]
  // TypeScript reads a property that a sibling lacks only after it is known to exist.
  const code = `${exists} && value[${quote(property)}] === ${literal(discriminator.const)}`
  return [code, `\`${property}\` is \`${JSON.stringify(discriminator.const)}\``]
}

/** Returns every union of the document. */
const unions = (document: Document): { $ref: string }[][] =>
  nodesOf(document).flatMap(({ node: { oneOf } }) => (Array.isArray(oneOf) && oneOf.every(isReference) ? [oneOf] : []))
