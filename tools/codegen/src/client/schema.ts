import { type Document, knownValues, mapNodes, type Schema } from '@image-install-queue/contract'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { untagged } from '../text.ts'

// The only file that imports openapi-typescript. It prints descriptions only, so the notes are added to them.

/** Returns the types of paths, components and operations. An object without properties allows any value. */
export async function schemaTypes(contract: Document): Promise<string> {
  const document = annotated(contract) as OpenAPI3 // Both types describe an OpenAPI 3.1 document.
  return astToString(await openapiTS(document, { emptyObjectsUnknown: true, silent: true }))
}

const texts = new Set(['title', 'summary', 'description'])

/** Returns a copy whose descriptions include the information of our extensions, and whose strings contain no TSDoc tags. */
const annotated = (document: Document): unknown =>
  mapNodes(document, (node) => {
    // No type depends on the examples, whose names of fields can be any.
    const { examples: _, ...rest } = node
    const entries = Object.entries(rest).map(([name, value]): [string, unknown] => [
      name,
      texts.has(name) && typeof value === 'string' ? untagged(value) : value,
    ])
    const copy = Object.fromEntries(entries)
    const notes = notesOn(node)
    const description = typeof copy.description === 'string' ? [copy.description.trim()] : []
    return notes.length > 0 ? { ...copy, description: [...description, ...notes.map(untagged)].join('\n\n') } : copy
  })

interface Annotated extends Schema {
  readonly in?: string
  readonly schema?: Schema
  readonly 'x-client'?: { readonly option?: string; readonly env?: string }
}

/** The extensions of a node and the bounds of a parameter, as sentences. */
function notesOn(node: Annotated): string[] {
  const known = knownValues(node).map(({ value, name }) => (name ? `${value} ${name}` : `${value}`))
  const { minimum, maximum, type } = node.schema ?? {}
  const bounds = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ]
  const { option, env } = (node.in && node['x-client']) || {}
  const evidence = node['x-evidence']
  return [
    ...(known.length > 0 ? [`Known values: ${known.join(', ')}. Others may appear.`] : []),
    ...(bounds.length > 0 ? [`${type === 'integer' ? 'Integer' : 'Number'}, ${bounds.join(', ')}.`] : []),
    ...(option
      ? [`Optional when the client has a default, from the option \`${option}\`${env ? ` or \`${env}\`` : ''}.`]
      : []),
    ...(evidence ? [`Evidence: ${evidence}.`] : []),
  ]
}
