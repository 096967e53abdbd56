import { componentName, isReference, type Resolve } from '@image-install-queue/contract/old/index'
import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core'

export type Schema = Oas3_1Schema | { $ref: string }

/** What a JSON value can be at its top level. */
export type BodyType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

const anything: readonly BodyType[] = ['object', 'array', 'string', 'number', 'boolean', 'null']

/** The top-level types that a schema admits. */
export function topLevelTypes(schema: Schema, resolve: Resolve, depth = 0): readonly BodyType[] {
  const node = resolve(schema)
  if (depth > 20) return anything
  const sets = [
    node.type && [node.type].flat().map((type) => (type === 'integer' ? 'number' : type)),
    (node.const !== undefined ? [node.const] : node.enum)?.map(jsonType),
    ...(node.allOf ?? []).map((member: Schema) => topLevelTypes(member, resolve, depth + 1)),
    ...[node.oneOf, node.anyOf].map((union) =>
      union?.flatMap((member: Schema) => topLevelTypes(member, resolve, depth + 1)),
    ),
  ]
  return anything.filter((type) => sets.every((set) => set === undefined || set.includes(type)))
}

/** Whether a schema that says something about the type admits this one. */
export function isKnownAs(type: BodyType, schema: Schema, resolve: Resolve): boolean {
  const types = topLevelTypes(schema, resolve)
  return types.length < anything.length && types.includes(type)
}

function jsonType(value: unknown): BodyType {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return anything.find((known) => known === type) ?? 'object'
}

/** The properties of an object schema, with those it inherits through `allOf`. */
export interface Merged {
  readonly required: ReadonlySet<string>
  readonly properties: ReadonlyMap<string, Oas3_1Schema>
}

export function merge(schema: Schema, resolve: Resolve, depth = 0): Merged {
  const node = resolve(schema)
  if (depth > 20) return { required: new Set(), properties: new Map() }
  const parts = (node.allOf ?? []).map((member: Schema) => merge(member, resolve, depth + 1))
  const own = Object.entries(node.properties ?? {}).map(([name, value]) => [name, resolve(value)] as const)
  return {
    required: new Set([...parts.flatMap((part) => [...part.required]), ...(node.required ?? [])]),
    properties: new Map([...parts.flatMap((part) => [...part.properties]), ...own]),
  }
}

/** How one member of a union is told from its siblings: it has `property`, with one of `values` where they are given. */
export interface Mark {
  readonly property: string
  readonly values?: readonly unknown[]
}

/**
 * The mark of each member of a union, if it has one: by the discriminator, by a required constant that differs in every
 * sibling, or by a required property that no sibling has.
 */
export function marks(union: Oas3_1Schema, members: readonly Schema[], resolve: Resolve): (Mark | undefined)[] {
  const { discriminator } = union
  const merged = members.map((member) => ({ member, ...merge(member, resolve) }))
  return merged.map((own) => {
    const { member, required, properties } = own
    if (discriminator && isReference(member)) {
      const name = componentName(member.$ref)
      const mapped = Object.entries(discriminator.mapping ?? {}).filter(([, to]) => componentName(to) === name)
      return {
        property: discriminator.propertyName,
        values: mapped.length > 0 ? mapped.map(([value]) => value) : [name],
      }
    }
    const siblings = merged.filter((other) => other !== own)
    for (const name of required) {
      const value = constant(properties.get(name))
      const differs = siblings.every(({ required, properties }) => {
        const other = constant(properties.get(name))
        return required.has(name) && other !== undefined && other !== value
      })
      if (value !== undefined && siblings.length > 0 && differs) return { property: name, values: [value] }
    }
    const unique = [...required].find((name) => siblings.every((sibling) => !sibling.properties.has(name)))
    return unique === undefined ? undefined : { property: unique }
  })
}

function constant(schema: Oas3_1Schema | undefined): unknown {
  return schema?.const ?? (schema?.enum?.length === 1 ? schema.enum[0] : undefined)
}

/** Every union of component schemas in the document. */
export function unions(document: Oas3_1Definition): { union: Oas3_1Schema; members: { $ref: string }[] }[] {
  const found: { union: Oas3_1Schema; members: { $ref: string }[] }[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const members of [Reflect.get(node, 'oneOf'), Reflect.get(node, 'anyOf')]) {
      if (Array.isArray(members) && members.length > 1 && members.every(isReference))
        found.push({ union: node, members })
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'examples' && key !== 'example') visit(value)
    }
  }
  visit(document.paths)
  visit(document.components)
  return found
}
