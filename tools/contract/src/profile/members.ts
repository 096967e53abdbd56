import { isError } from './in-band-error.ts'
import { get, keys, list, type Path, type Refuse, type Resolve, resolver, shapeOf, texts, typesOf } from './node.ts'

/** How a member of a `oneOf` is told from its siblings: it has a property that they lack, or have with another const. */
export interface Mark {
  readonly property: string
  /** Given where a sibling has the property too. */
  readonly const?: unknown
}

/** Members of allOf and oneOf are objects; those of oneOf can be told from each other. */
export function members(document: unknown, schema: unknown, path: Path, refuse: Refuse): void {
  const resolve = resolver(document)
  for (const word of ['allOf', 'oneOf']) {
    for (const [index, member] of list(schema, word).entries()) {
      const node = resolve(member)
      const shape = shapeOf(node)
      const isObject = shape === 'object' && get(node, 'oneOf') === undefined
      const isMap = get(node, 'additionalProperties') !== undefined && get(node, 'properties') === undefined
      if (shape && (!isObject || isMap))
        refuse([...path, word, index], `a member of ${word} is an object, described by properties or allOf`)
      else if (word === 'allOf' && get(member, '$ref') !== undefined && isError(node))
        refuse([...path, word, index], 'an error is no part of another schema: write it as a member of oneOf')
    }
  }
  for (const name of merge(schema, resolve).disputed)
    refuse([...path, 'allOf'], `the members disagree on "${name}", no value fits: give it one type and const`)
  const union = list(schema, 'oneOf')
  if (!union.every((member) => get(member, '$ref') !== undefined && shapeOf(resolve(member)) === 'object')) return
  for (const [index, mark] of marks(union, document).entries()) {
    if (!mark)
      refuse(
        [...path, 'oneOf', index],
        'nothing tells this member from the others: require a property that they lack, or one with another const',
      )
  }
}

/** The mark of each member of a union. Inside the profile, each has one. */
export function marks(union: readonly unknown[], document: unknown): (Mark | undefined)[] {
  const resolve = resolver(document)
  const all = union.map((member) => merge(resolve(member), resolve))
  return all.map((own) => {
    for (const property of own.required) {
      const value = own.properties.get(property)?.const
      const rivals = all.filter((other) => other !== own && other.properties.has(property))
      if (rivals.length === 0) return { property }
      const others = rivals.map(({ properties }) => properties.get(property)?.const)
      if (value !== undefined && others.every((other) => other !== undefined && other !== value))
        return { property, const: value }
    }
    return undefined
  })
}

/** The place of the member of a union that a value claims to be by its mark; -1 where it is none. */
export const claimedMember = (value: unknown, union: readonly unknown[], document: unknown): number =>
  marks(union, document).findIndex((mark) => {
    const own = mark && get(value, mark.property)
    return own !== undefined && own === (mark?.const ?? own)
  })

interface Property {
  readonly types: readonly string[]
  readonly const: unknown
}

interface Merged {
  readonly properties: Map<string, Property>
  readonly required: Set<string>
  /** Properties of which two members say what cannot both be. */
  readonly disputed: Set<string>
}

/** An object with what it has through allOf. */
function merge(
  node: unknown,
  resolve: Resolve,
  into: Merged = { properties: new Map(), required: new Set(), disputed: new Set() },
): Merged {
  for (const part of list(node, 'allOf')) merge(resolve(part), resolve, into)
  for (const name of keys(get(node, 'properties'))) {
    const schema = resolve(get(node, 'properties', name))
    const own = { types: typesOf(schema), const: get(schema, 'const') }
    const both = narrow(own, into.properties.get(name) ?? own)
    if (!both) into.disputed.add(name)
    into.properties.set(name, both ?? own)
  }
  for (const name of texts(node, 'required')) into.required.add(name)
  return into
}

/** What a property is of which two members say something; without any value, nothing. */
function narrow(a: Property, b: Property): Property | undefined {
  if (a.const !== undefined && b.const !== undefined && a.const !== b.const) return undefined
  const within = (one: readonly string[], other: readonly string[]) =>
    one.filter((type) => other.includes(type) || (type === 'integer' && other.includes('number')))
  const types = [...new Set([...within(a.types, b.types), ...within(b.types, a.types)])]
  if (a.types.length > 0 && b.types.length > 0 && types.length === 0) return undefined
  return {
    types: a.types.length > 0 && b.types.length > 0 ? types : [...a.types, ...b.types],
    const: a.const ?? b.const,
  }
}
