import { isDeepStrictEqual } from 'node:util'
import type { Document } from '../document.ts'
import { type KeywordNode, nodesOf } from '../walk.ts'
import { type Change, changed } from './redocly-diff.ts'

/**
 * Returns the differences in the values of our extensions (`x-…`). Their effect is not known here, so each is minor. A node
 * that was added or removed is reported by `redocly diff`, with all that it contains.
 */
export function extensionChanges(released: Document, current: Document): Change[] {
  const before = nodesByPlace(released)
  return [...nodesByPlace(current)].flatMap(([place, node]) => {
    const old = before.get(place)
    if (!old) return []
    const names = [...new Set([...Object.keys(old), ...Object.keys(node)])].filter((name) => name.startsWith('x-'))
    return names
      .filter((name) => !isDeepStrictEqual(old[name], node[name]))
      .map((name): Change => ({ level: 'minor', text: `${place}${name} ${changed(old[name], node[name])}.` }))
  })
}

function nodesByPlace(document: Document): Map<string, KeywordNode> {
  return new Map(nodesOf(document).map(({ node, path }) => [path.map((name) => `${name} > `).join(''), node]))
}
