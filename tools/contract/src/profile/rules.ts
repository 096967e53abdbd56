import { sequences } from './examples.ts'
import { inBandError } from './in-band-error.ts'
import { members } from './members.ts'
import { names } from './names.ts'
import { get, list, type Node, type Path, type Placed, type Refuse, resolver, shapeOf, text, typesOf } from './node.ts'
import { operations } from './operations.ts'
import { paths } from './paths.ts'
import { references } from './references.ts'
import { properties, values } from './values.ts'

/** Where a value stands as it is, by the kind of the schema: what can stand there. */
const carriers: readonly (readonly [kind: string, fits: RegExp, carries: string])[] = [
  ['header', /^[!-~]+( [!-~]+)*$/, 'a header carries printable ASCII'],
  ['segment', /^(?!\.{0,2}$)/, 'a path carries no empty segment and none of dots'],
]

/** What a schema cannot say, since it looks at several nodes. Nothing relies on a node being well formed. */
export function brokenRules(document: unknown, nodes: readonly Node[]): Placed[] {
  const found: Placed[] = []
  const refuse: Refuse = (path, message, onKey = true) =>
    found.push({ path: path.map((step) => `${step}`), onKey, message })
  const of = (kind: string) => nodes.filter((node) => node.kind === kind)
  const each = (kind: string, check: (value: unknown, path: Path) => void) => {
    for (const { value, path } of of(kind)) check(value, path)
  }
  const resolve = resolver(document)
  const hasEnds = references(document, of('ref'), refuse)
  each('schema', (value, path) => {
    values(value, path, refuse)
    properties(value, path, refuse)
    inBandError(value, path, resolve, refuse)
    if (hasEnds) members(document, value, path, refuse)
  })
  each('body', (value, path) => {
    const shape = shapeOf(resolve(value))
    if (shape && shape !== 'object' && shape !== 'array')
      refuse(path, 'a body is an object or a list: wrap the value into an object')
  })
  each('one', (value, path) => {
    const [type = ''] = typesOf(resolve(value))
    if (text(value, '$ref') && !['string', 'integer', 'number', 'boolean'].includes(type))
      refuse(path, 'a parameter or header is a string, an integer, a number or a boolean')
  })
  for (const [kind, fits, carries] of carriers) {
    each(kind, (value, path) => {
      const node = resolve(value)
      const all = ['examples', 'enum', 'x-extensible-enum'].flatMap((word) => list(node, word))
      if (![...all, get(node, 'const')].every((one) => typeof one !== 'string' || fits.test(one)))
        refuse(path, `${carries}: change const, enum or examples`)
    })
  }
  each('answers', (value, path) => sequences(value, path, refuse))
  paths(document, of('path'), resolve, refuse)
  operations(document, of('operation'), resolve, refuse)
  names(document, nodes, resolve, refuse)
  return found
}
