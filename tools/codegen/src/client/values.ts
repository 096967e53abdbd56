import { knownValues } from '@image-install-queue/contract/old/extension'
import { type Contract, componentName, type Resolve } from '@image-install-queue/contract/old/index'
import { isInBandError } from './model.ts'
import { type Mark, marks, unions } from './shapes.ts'
import { comment, literal, property } from './text.ts'

/** A type with the name of each component schema. */
export function aliases(names: ReadonlyMap<string, string>, contract: Contract): string {
  return [...names]
    .map(([schema, name]) => {
      const node = contract.document.components?.schemas?.[schema]
      const description = node && 'description' in node ? node.description : undefined
      return `${comment([description])}export type ${name} = components['schemas'][${literal(schema)}]\n`
    })
    .join('\n')
}

/** An object of constants for each schema that names its values (`x-enum-varnames`). */
export function constants(names: ReadonlyMap<string, string>, contract: Contract): string {
  return [...names]
    .flatMap(([schema, name]) => {
      const node = contract.document.components?.schemas?.[schema] ?? {}
      const members = knownValues(node).flatMap(({ name: member, value, meaning }) =>
        member ? [`${comment([meaning], '  ')}  ${property(member)}: ${literal(value)},\n`] : [],
      )
      const doc = `/** The known values of {@link ${name}}, by name. Others may appear. */`
      return members.length > 0 ? [`${doc}\nexport const ${name} = {\n${members.join('')}} as const\n`] : []
    })
    .join('\n')
}

/** A type guard for each member of a union of schemas that can be told from its siblings. */
export function guards(
  contract: Contract,
  names: ReadonlyMap<string, string>,
  claim: (name: string) => string,
  resolve: Resolve,
): string {
  const found = new Map<string, { mark: Mark; siblings: Set<string> }>()
  for (const { union, members: all } of unions(contract.document)) {
    const members = all.filter((member) => !isInBandError(member, resolve))
    const siblings = members.flatMap((member) => names.get(componentName(member.$ref)) ?? [])
    // What is no component schema has no name to be told from.
    if (members.length < 2 || siblings.length < members.length) continue
    for (const [index, mark] of marks(union, members, resolve).entries()) {
      const member = siblings[index]
      if (!member || !mark) continue
      const known = found.get(member)
      // A schema in several unions keeps a guard only if the same mark tells it apart in all of them.
      if (known && literal(known.mark) !== literal(mark)) found.delete(member)
      else found.set(member, { mark, siblings: new Set([...(known?.siblings ?? []), ...siblings]) })
    }
  }
  return [...found]
    .map(([member, { mark, siblings }]) => {
      const union = [...siblings].join(' | ')
      const key = literal(mark.property)
      const values = mark.values?.map((value) => `value[${key}] === ${literal(value)}`).join(' || ')
      const how = mark.values
        ? `\`${mark.property}\` is ${mark.values.map((value) => `\`${JSON.stringify(value)}\``).join(' or ')}`
        : `it has \`${mark.property}\``
      const body = values ?? `${key} in value`
      return `/** Whether this is a {@link ${member}}: ${how}. */
export const ${claim(`is${member}`)} = (value: ${union}): value is ${member} => ${body}
`
    })
    .join('\n')
}
