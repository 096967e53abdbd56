import type { Operation, Resolve, Schema } from '@image-install-queue/contract'

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
      return node.minItems ? [sampleOf(node.items ?? {}, resolve)] : []
    default: {
      const { required = [], properties = {} } = node
      return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {}, resolve)]))
    }
  }
}

/** The values that an operation needs, by parameter and for the body, but for those that the client has a default for. */
export function sampleValues({ parameters, requestBody }: Operation, resolve: Resolve, hasDefaults: boolean) {
  const values: [name: string, value: unknown][] = parameters
    .filter(({ required, 'x-client': option }) => required && !(hasDefaults && option))
    .map(({ name, schema }) => [name, sampleOf(schema, resolve)])
  if (requestBody?.required) values.push(['body', sampleOf(requestBody.content['application/json'].schema, resolve)])
  return Object.fromEntries(values)
}
