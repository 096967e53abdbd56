/** Prose and our own extensions: nothing that Prism does depends on them. */
const unread = new Set(
  `summary externalDocs tags callbacks x-evidence x-client x-in-band-error x-state-changing
  x-extensible-enum x-enum-varnames x-enum-descriptions`.split(/\s+/),
)

/** Data, in which no key is a keyword. */
const data = new Set(['example', 'examples', 'default', 'const', 'enum', 'mapping', 'required', 'security'])

/** Their keys are names that the contract gives: a property may well be called `description`. */
const named = new Set(
  `properties patternProperties dependentSchemas $defs schemas responses parameters requestBodies securitySchemes headers
  links paths pathItems content encoding variables`.split(/\s+/),
)

/**
 * A copy of a document without what Prism only drags along. It matters, since Prism writes out a schema for every
 * operation and status that refer to it.
 */
export function slim<T>(node: T): T
export function slim(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(slim)
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node)) {
    if (unread.has(key)) continue
    // That a description is there makes a response for Prism, not what it says.
    if (key === 'description' && typeof value === 'string') copy[key] = ''
    else copy[key] = data.has(key) ? value : named.has(key) && !Array.isArray(value) ? slimEach(value) : slim(value)
  }
  return copy
}

const slimEach = (nodes: unknown): unknown =>
  typeof nodes === 'object' && nodes !== null
    ? Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, slim(node)]))
    : nodes
