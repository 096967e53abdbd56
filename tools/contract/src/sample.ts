import type { Schema } from './document.ts'
import type { Operation } from './operations.ts'
import type { Resolve } from './resolve.ts'

/** A value to show for a schema: its own example, or the simplest value that fits. */
export function sampleOf(schema: Schema, resolve: Resolve): unknown {
  const node = resolve(schema)
  const [shown] = [...(schema.examples ?? []), ...(node.examples ?? [])]
  const [known] = [node.const, ...(node.enum ?? []), ...(node['x-extensible-enum'] ?? [])].filter(
    (value) => value !== undefined,
  )
  if ((shown ?? known) !== undefined) return shown ?? known
  const [choice] = [...(node.anyOf ?? []), ...(node.oneOf ?? [])]
  if (choice) return sampleOf(choice, resolve)
  if (node.allOf) return Object.assign({}, ...node.allOf.map((member) => sampleOf(member, resolve)))
  switch ([node.type].flat()[0]) {
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
      return node.minimum ?? 1
    case 'boolean':
      return true
    case 'array':
      return [sampleOf(node.items ?? {}, resolve)]
    default: {
      const { required = [], properties = {} } = node
      return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {}, resolve)]))
    }
  }
}

/** The parameters that an operation needs, each with a value to show. */
export const sampleParameters = ({ parameters }: Operation, resolve: Resolve) =>
  parameters
    .filter(({ required }) => required)
    .map((parameter) => ({ ...parameter, value: sampleOf(parameter.schema, resolve) }))
