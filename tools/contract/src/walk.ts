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

/** Returns every node of a document with the path that leads to it, parents first. */
export function* nodesOf(
  value: unknown,
  path: readonly string[] = [],
): Generator<{ readonly node: KeywordNode; readonly path: readonly string[] }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* nodesOf(item, [...path, `${index}`])
  }
  if (!isObject(value)) return
  yield { node: value, path }
  for (const [key, child] of Object.entries(value)) {
    if (isData(key, child)) continue
    if (!nameMaps.has(key) || !isObject(child)) yield* nodesOf(child, [...path, key])
    else for (const [name, named] of Object.entries(child)) yield* nodesOf(named, [...path, key, name])
  }
}

/** Returns a copy of a document in which every node is replaced by what `change` returns for it, parents first. */
export function mapNodes(value: unknown, change: (node: KeywordNode) => KeywordNode): unknown {
  const copyOf = (child: unknown): unknown => mapNodes(child, change)
  if (Array.isArray(value)) return value.map(copyOf)
  if (!isObject(value)) return value
  const entries = Object.entries(change(value)).map(([key, child]): [string, unknown] => {
    if (isData(key, child)) return [key, child]
    if (!nameMaps.has(key) || !isObject(child)) return [key, copyOf(child)]
    return [key, Object.fromEntries(Object.entries(child).map(([name, named]) => [name, copyOf(named)]))]
  })
  return Object.fromEntries(entries)
}
