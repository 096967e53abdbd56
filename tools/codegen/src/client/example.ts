import type { Resolve } from '@image-install-queue/contract/old/index'
import type { Method } from './model.ts'
import { merge, type Schema, topLevelTypes } from './shapes.ts'
import { isIdentifier, literal, quote } from './text.ts'

/** A call with what it needs, as code. */
export function exampleCall({ name, parameters, body }: Method, resolve: Resolve): string {
  const values = parameters
    .filter(({ node, source }) => node.required && !source)
    .map(({ key, schema }) => [key, sample(schema, resolve)])
  if (body?.required) values.push(['body', sample(body.schema, resolve)])
  const given = values.length > 0 ? literal(Object.fromEntries(values)) : ''
  return `client${isIdentifier(name) ? `.${name}` : `[${quote(name)}]`}(${given})`
}

/** A value as a schema declares it, with what an object needs. */
function sample(schema: Schema, resolve: Resolve, depth = 0): unknown {
  const node = resolve(schema)
  const known = [node.examples?.[0], node.example, node.default, node.const, node.enum?.[0]]
  const first = known.find((value) => value !== undefined)
  if (first !== undefined || depth > 9) return first
  const [choice] = node.oneOf ?? node.anyOf ?? []
  if (choice) return sample(choice, resolve, depth + 1)
  const types = topLevelTypes(node, resolve)
  const has = (type: (typeof types)[number]) => types.includes(type)
  if (has('string')) return 'text'
  if (has('number')) return node.minimum ?? 1
  if (has('boolean')) return true
  if (has('array'))
    return node.minItems && typeof node.items === 'object' ? [sample(node.items, resolve, depth + 1)] : []
  const { required, properties } = merge(node, resolve)
  return Object.fromEntries([...required].map((name) => [name, sample(properties.get(name) ?? {}, resolve, depth + 1)]))
}
