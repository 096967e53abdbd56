import type { Oas3_1Definition } from '@redocly/openapi-core'

/** Follows `$ref`s inside one document until a node without one is reached. */
export type Resolve = <T>(node: T | { $ref: string }) => T

/**
 * A resolver for the local references of a document.
 *
 * @throws {Error} from the resolver, when a reference leaves the document or leads nowhere
 */
export function resolver(document: Oas3_1Definition): Resolve {
  return (node) => {
    let current: unknown = node
    for (let hops = 0; isReference(current); hops++) {
      if (hops > 100) throw new Error(`The reference ${current.$ref} leads in a circle.`)
      current = follow(document, current.$ref)
    }
    // The caller names what stands behind the reference; the document was validated for it.
    return current as Exclude<typeof node, { $ref: string }>
  }
}

/** The last segment of a reference: the name of a component. */
export function componentName(ref: string): string {
  return unescapeSegment(ref.slice(ref.lastIndexOf('/') + 1))
}

export function isReference(node: unknown): node is { $ref: string } {
  return typeof node === 'object' && node !== null && '$ref' in node && typeof node.$ref === 'string'
}

function follow(document: Oas3_1Definition, ref: string): unknown {
  if (!ref.startsWith('#/')) throw new Error(`The reference ${ref} leaves the document; the contract is one file.`)
  let node: unknown = document
  for (const segment of ref.slice(2).split('/')) {
    const key = unescapeSegment(segment)
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) {
      throw new Error(`The reference ${ref} leads nowhere.`)
    }
    node = Reflect.get(node, key)
  }
  return node
}

function unescapeSegment(segment: string): string {
  return decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~')
}
