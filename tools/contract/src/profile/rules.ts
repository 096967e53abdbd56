import { inBandError } from './in-band-error.ts'
import { members } from './members.ts'
import { get, keys, list, type Path, resolver, shapeOf, text, texts, typesOf } from './node.ts'
import { operations } from './operations.ts'
import { options } from './options.ts'
import { paths } from './paths.ts'
import { type Node, type Placed, type Refuse, twice } from './placed.ts'
import { references } from './references.ts'
import { properties, values } from './values.ts'

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
  each('header', (value, path) => {
    const node = resolve(value)
    const all = [...texts(node, 'examples'), ...texts(node, 'enum'), ...texts({ const: [get(node, 'const')] }, 'const')]
    if (!all.every((text) => /^[!-~]+( [!-~]+)*$/.test(text)))
      refuse(path, 'a header carries printable ASCII: change const, enum or examples')
  })
  each('headers', (value, path) => twice(keys(value), (name) => [...path, name], refuse))
  each('security', (value, path) => {
    const [name, ...others] = keys(value)
    if (name !== undefined && others.length === 0 && get(document, 'components', 'securitySchemes', name) === undefined)
      refuse([...path, name], `"${name}" is not declared: add it to components/securitySchemes`)
  })
  each('answers', (value, path) => sequences(value, path, refuse))
  paths(document, of('path'), resolve, refuse)
  operations(document, of('operation'), resolve, refuse)
  options(document, of('option'), resolve, refuse)
  const tags = list(document, 'tags').map((tag) => text(tag, 'name'))
  twice(tags, (_, i) => ['tags', i], refuse)
  twice(keys(get(document, 'components', 'schemas')), (name) => ['components', 'schemas', name], refuse)
  const schemes = get(document, 'components', 'securitySchemes')
  twice(
    keys(schemes).map((name) => text(get(schemes, name), 'scheme')),
    (_, i) => ['components', 'securitySchemes', keys(schemes)[i] ?? ''],
    refuse,
  )
  return found
}

/** A sequence of examples stays in one response, and has an end. */
function sequences(examples: unknown, path: Path, refuse: Refuse): void {
  const nextOf = (name: string) => text(get(examples, name), 'x-next')
  const names = keys(examples)
  for (const name of names) {
    const next = nextOf(name)
    if (next === undefined) continue
    const at = [...path, name, 'x-next']
    if (!names.includes(next)) refuse(at, `there is no example "${next}": name one of ${names.join(', ')}`, false)
    const round = [name]
    let step: string | undefined = next
    while (step !== undefined && !round.includes(step)) {
      round.push(step)
      step = nextOf(step)
    }
    // A circle is reported where the last of it stands.
    if (step === name && round.every((other) => names.indexOf(other) <= names.indexOf(name)))
      refuse(at, `"${name}" comes round again: a sequence has an end, and its last example stays`, false)
  }
}
