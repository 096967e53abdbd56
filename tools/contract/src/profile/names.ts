import { get, keys, list, type Node, type Refuse, type Resolve, text, typesOf } from './node.ts'

/** A name means one thing, and what is named is declared. */
export function names(document: unknown, nodes: readonly Node[], resolve: Resolve, refuse: Refuse): void {
  const of = (kind: string) => nodes.filter((node) => node.kind === kind)
  for (const { value, path } of of('headers')) twice(keys(value), (name) => [...path, name], refuse)
  for (const [word, name] of Object.entries({ tags: 'name', servers: 'url' })) {
    const all = list(document, word).map((node) => text(node, name))
    twice(all, (_, i) => [word, i], refuse)
  }
  twice(keys(get(document, 'components', 'schemas')), (name) => ['components', 'schemas', name], refuse)
  const schemes = get(document, 'components', 'securitySchemes')
  const kinds = keys(schemes).map((name) => text(get(schemes, name), 'scheme'))
  twice(kinds, (_, i) => ['components', 'securitySchemes', keys(schemes)[i] ?? ''], refuse)
  for (const { value, path } of of('security')) {
    const [name, ...others] = keys(value)
    if (name !== undefined && others.length === 0 && get(schemes, name) === undefined)
      refuse([...path, name], `"${name}" is not declared: add it to components/securitySchemes`)
  }
  options(document, of('option'), resolve, refuse)
}

/** Names that differ in case alone are one name, to HTTP and to readers. */
export function twice(
  names: readonly (string | undefined)[],
  at: (name: string, index: number) => readonly (string | number)[],
  refuse: Refuse,
): void {
  const lower = names.map((name) => name?.toLowerCase())
  for (const [index, name] of names.entries()) {
    if (name !== undefined && lower.indexOf(name.toLowerCase()) < index)
      refuse(at(name, index), `"${name}" is there twice`)
  }
}

/** An option of the client, or its variable, means one thing; parameters of one type may share it. */
function options(document: unknown, nodes: readonly Node[], resolve: Resolve, refuse: Refuse): void {
  const known = new Map<string, string>()
  const dependent = new Set<unknown>()
  for (const { value, path } of nodes) {
    const owner = get(document, ...path.slice(0, -1))
    const isOfParameter = get(owner, 'in') !== undefined
    const meaning = JSON.stringify([value, isOfParameter ? typesOf(resolve(get(owner, 'schema'))) : path])
    const name = (word: string) => text(value, word) ?? ''
    const taken = ['option', 'env'].find((word) => (known.get(name(word)) ?? meaning) !== meaning)
    if (taken) refuse([...path, taken], `"${name(taken)}" means something else already: choose another name`, false)
    for (const word of ['option', 'env']) if (name(word)) known.set(name(word), meaning)
    if (get(value, 'requires') !== undefined) dependent.add(name('option'))
  }
  for (const { value, path } of nodes) {
    const [needed, at] = [text(value, 'requires'), [...path, 'requires']]
    if (needed !== undefined && !known.has(needed)) refuse(at, `there is no option "${needed}"`, false)
    if (dependent.has(needed)) refuse(at, `"${needed}" needs another one itself: name an option that does not`, false)
  }
}
