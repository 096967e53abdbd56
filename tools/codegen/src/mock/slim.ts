import { type Document, mapNodes } from '@image-install-queue/contract'

/**
 * Prose and our own extensions: nothing that Prism does depends on them. `deprecated` is left out because Prism reports a
 * deprecated parameter as a violation.
 */
const unread = new Set(
  `deprecated summary externalDocs tags x-evidence x-client x-in-band-error x-state-changing x-lookup-operation x-outcome x-next
  x-extensible-enum x-enum-varnames x-enum-descriptions`.split(/\s+/),
)

/** Returns the document without what Prism does not use: it repeats a schema for every operation and status that refer to it. */
export const slim = (document: Document): object =>
  Object(
    mapNodes(document, (node) => {
      const kept = Object.entries(node).filter(([key]) => !unread.has(key))
      // Prism requires the description of a response, not its text.
      return Object.fromEntries(kept.map(([key, value]) => [key, key === 'description' ? '' : value]))
    }),
  )
