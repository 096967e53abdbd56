import { type Document, holdsNames } from '@image-install-queue/contract'

/** Prose and our own extensions: nothing that Prism should do depends on them. What is deprecated it takes for a violation. */
const unread = new Set(
  `deprecated summary externalDocs tags x-evidence x-client x-in-band-error x-state-changing x-lookup-operation x-outcome x-next
  x-extensible-enum x-enum-varnames x-enum-descriptions`.split(/\s+/),
)

/** Data, in which no key is a keyword. */
const data = new Set(['value', 'const', 'enum', 'required', 'security'])

/**
 * A copy of the document without what Prism only drags along. It matters, since Prism writes out a schema for every
 * operation and status that refer to it.
 */
export const slim = (document: Document): object => Object(copyOf(document))

function copyOf(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(copyOf)
  const entries = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    if (unread.has(key)) return []
    // That a description is there makes a response for Prism, not what it says.
    if (key === 'description') return [[key, '']]
    if (data.has(key)) return [[key, value]]
    const isNamed = holdsNames.has(key) || key === 'examples'
    return [[key, isNamed && !Array.isArray(value) ? copyOfEach(value) : copyOf(value)]]
  })
  return Object.fromEntries(entries)
}

const copyOfEach = (nodes: unknown): unknown =>
  Object.fromEntries(Object.entries(Object(nodes)).map(([name, node]) => [name, copyOf(node)]))
