import { knownValues, textAt } from '@image-install-queue/contract/old/extension'
import type { Operation } from '@image-install-queue/contract/old/index'
import type { Oas3_1Definition } from '@redocly/openapi-core'

/**
 * A copy of the document for generators that only look at descriptions: what our extensions say is appended to them, and
 * every operation has an id.
 */
export function annotate(document: Oas3_1Definition, operations: readonly Operation[]): Oas3_1Definition {
  const copy = JSON.parse(JSON.stringify(document), (_key, node: unknown) => {
    if (typeof node !== 'object' || node === null) return node
    const notes = notesOn(node)
    if (notes.length === 0) return node
    const description = textAt(node, 'description')?.trim()
    return { ...node, description: [...(description ? [description] : []), ...notes].join('\n\n') }
  })
  for (const { path, method, operationId } of operations) {
    const item = copy.paths[path]
    // A path item behind a reference is shared; openapi-typescript reads the id where it stands.
    if (item?.[method]) item[method].operationId = operationId
  }
  return copy
}

/** What the extensions of a node say, as sentences. */
export function notesOn(node: object): string[] {
  const evidence = textAt(node, 'x-evidence')
  const known = knownValues(node).map(({ value, name }) => (name ? `${value} ${name}` : String(value)))
  return [
    ...(known.length > 0 ? [`Known values: ${known.join(', ')}. Others may appear.`] : []),
    ...(evidence ? [`Evidence: ${evidence}.`] : []),
  ]
}
