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

/** A type guard for each variant of a union that is not an error, by its discriminator. */
export function guards(document: Document, resolve: Resolve): string {
  const found = new Map<string, { how: string; test: string; siblings: Set<string> }>()
  for (const union of unions(document)) {
    const variants = union.filter((variant) => !isInBandError(variant, resolve))
    if (variants.length < 2) continue
    const all = discriminators(variants, resolve)
    for (const [index, variant] of variants.entries()) {
      // The profile requires one for each variant.
      const discriminator = all[index] as Discriminator
      const name = componentName(variant)
      const key = quote(discriminator.property)
      const [how, test] =
        'const' in discriminator
          ? [
              `\`${discriminator.property}\` is \`${JSON.stringify(discriminator.const)}\``,
              `value[${key}] === ${literal(discriminator.const)}`,
            ]
          : [`it has \`${discriminator.property}\``, `${key} in value`]
      const known = found.get(name)
      const siblings = new Set([...(known?.siblings ?? []), ...variants.map(componentName)])
      found.set(name, { how, test, siblings })
    }
  }
  return [...found]
    .map(([name, { how, test, siblings }]) => {
      const type = [...siblings].join(' | ')
      const doc = comment([`Whether this is a {@link ${name}}: ${how}.`])
      return `${doc}export const is${name} = (value: ${type}): value is ${name} => ${test}\n`
    })
    .join('\n')
}

/** Returns every union of the document. */
const unions = (document: Document): { $ref: string }[][] =>
  [...nodesOf(document)].flatMap(({ node: { oneOf } }) =>
    Array.isArray(oneOf) && oneOf.every(isReference) ? [oneOf] : [],
  )
