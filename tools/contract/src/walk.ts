/** An object of a document in which keys are keywords of OpenAPI, JSON Schema or our extensions. */
export type KeywordNode = Readonly<Record<string, unknown>>

/** Under these keywords, keys are names that the contract gives: a property may well be called `description`. */
const nameMaps = new Set(
  'paths schemas parameters responses securitySchemes properties headers content examples'.split(' '),
)

/** Under these keywords and under extensions is data, in which no key is a keyword. */
const data = new Set(['value', 'const', 'enum', 'required', 'security'])

const isObject = (value: unknown): value is KeywordNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isData = (key: string, value: unknown): boolean =>
  data.has(key) || (key.startsWith('x-') && key !== 'x-outcome') || (key === 'examples' && Array.isArray(value))

/**
 * Returns a copy of a document in which every node is replaced by what `change` returns for it, parents first.
 *
 * @param change receives a node and the keys that lead to it
 */
export function mapNodes(
  value: unknown,
  change: (node: KeywordNode, path: readonly string[]) => KeywordNode,
  path: readonly string[] = [],
): unknown {
  const copyOf = (child: unknown, ...keys: readonly string[]): unknown => mapNodes(child, change, [...path, ...keys])
  if (Array.isArray(value)) return value.map((item, index) => copyOf(item, `${index}`))
  if (!isObject(value)) return value
  const entries = Object.entries(change(value, path)).map(([key, child]): [string, unknown] => {
    if (isData(key, child)) return [key, child]
    if (!nameMaps.has(key) || !isObject(child)) return [key, copyOf(child, key)]
    return [key, Object.fromEntries(Object.entries(child).map(([name, named]) => [name, copyOf(named, key, name)]))]
  })
  return Object.fromEntries(entries)
}

/** Returns every node of a document with the keys that lead to it, parents first. */
export function nodesOf(document: object) {
  const nodes: { readonly node: KeywordNode; readonly path: readonly string[] }[] = []
  mapNodes(document, (node, path) => {
    nodes.push({ node, path })
    return node
  })
  return nodes
}
