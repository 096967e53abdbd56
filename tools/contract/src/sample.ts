import type { JsonContent, ParameterNode, Schema } from './document.ts'
import type { Operation } from './operations.ts'
import type { Resolve } from './resolve.ts'

/**
 * Returns a value to show for a schema: its own example, a value that it allows, or a placeholder of its type. A placeholder
 * may violate the schema, for example its `pattern`.
 */
export function sampleOf(schema: Schema, resolve: Resolve): unknown {
  const node = resolve(schema)
  const [example] = [...(schema.examples ?? []), ...(node.examples ?? [])]
  if (example !== undefined) return example
  const [known] = [node.const, ...(node.enum ?? []), ...(node['x-extensible-enum'] ?? [])].filter(
    (value) => value !== undefined,
  )
  if (known !== undefined) return known
  const variants = [...(node.anyOf ?? []), ...(node.oneOf ?? [])]
  const variant = variants.find((candidate) => resolve(candidate).type !== 'null')
  if (variant) return sampleOf(variant, resolve)
  if (node.allOf) return Object.assign({}, ...node.allOf.map((part) => sampleOf(part, resolve)))
  switch ([node.type].flat().find((type) => type !== 'null')) {
    case 'string':
      return sampleString(node)
    case 'integer':
      return Math.ceil(sampleNumber(node))
    case 'number':
      return sampleNumber(node)
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

const byFormat: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'name@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
}

const sampleString = ({ format = '', minLength = 0, maxLength }: Schema): string =>
  byFormat[format] ?? 'text'.padEnd(minLength, '-').slice(0, maxLength)

const sampleNumber = ({ minimum, maximum = 1 }: Schema): number => minimum ?? Math.min(1, maximum)

/** Returns the value to show for a parameter or a body: its first named example, or else that of its schema. */
const sampleValue = (
  { examples = {}, schema }: Pick<ParameterNode, 'examples' | 'schema'>,
  resolve: Resolve,
): unknown => Object.values(examples)[0]?.value ?? sampleOf(schema, resolve)

/** Returns the body to show for a request or response. */
export const sampleBody = (content: JsonContent, resolve: Resolve): unknown =>
  sampleValue(content['application/json'], resolve)

/** Returns the required parameters of an operation, each with a value to show. */
export const sampleParameters = ({ parameters }: Operation, resolve: Resolve) =>
  parameters
    .filter(({ required }) => required)
    .map((parameter) => ({ ...parameter, value: sampleValue(parameter, resolve) }))
