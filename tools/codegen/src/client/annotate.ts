import type { Operation } from '@image-install-queue/spec/read'
import { at, listAt, textAt } from '@image-install-queue/spec/read/extension'
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

export interface KnownValue {
  readonly value: string | number
  readonly name: string | undefined
  readonly description: string | undefined
}

/** The values of an open set (`x-extensible-enum`) with their names (`x-enum-varnames`). */
export function knownValues(node: object): KnownValue[] {
  const [names, descriptions] = [at(node, 'x-enum-varnames'), at(node, 'x-enum-descriptions')]
  return listAt(node, 'x-extensible-enum').flatMap((value, index) =>
    typeof value === 'string' || typeof value === 'number'
      ? [{ value, name: textAt(names, String(index)), description: textAt(descriptions, String(index)) }]
      : [],
  )
}
