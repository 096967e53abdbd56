import { get, keys, type Node, type Refuse, targetOf } from './node.ts'

/**
 * References lead to something, and no schema leads back to itself.
 *
 * @returns whether they do: what follows references may rely on it
 */
export function references(document: unknown, refs: readonly Node[], refuse: Refuse): boolean {
  const edges = refs.map(({ value, path }) => {
    const [kind, target] = targetOf(value)
    const isLost = target !== '' && get(document, 'components', kind, target) === undefined
    if (isLost) refuse(path, `"${value}" leads nowhere: there is no "${target}" in components/${kind}`, false)
    const owner = path[0] === 'components' && path[1] === kind ? path[2] : undefined
    return { owner, target, path, isLost }
  })
  const reaches = (from: string, to: string, seen: Set<string>): boolean => {
    if (from === to || seen.has(from)) return from === to
    seen.add(from)
    return edges.some(({ owner, target }) => owner === from && reaches(target, to, seen))
  }
  const order = keys(get(document, 'components', 'schemas'))
  // Each circle has an edge that leads back in the document; that one is reported.
  const circular = edges.filter(
    ({ owner, target }) =>
      owner !== undefined && order.indexOf(target) <= order.indexOf(owner) && reaches(target, owner, new Set()),
  )
  for (const { owner, path } of circular)
    refuse(path, `"${owner}" contains itself: a schema has an end in the profile`, false)
  return circular.length === 0 && !edges.some(({ isLost }) => isLost)
}
