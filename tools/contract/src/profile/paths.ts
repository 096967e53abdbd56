import { methods } from '../document.ts'
import { twice } from './names.ts'
import { get, keys, list, type Node, type Path, type Refuse, type Resolve, text } from './node.ts'

/** No two paths take the same requests, and a path says what its parameters are. */
export function paths(document: unknown, nodes: readonly Node[], resolve: Resolve, refuse: Refuse): void {
  for (const [index, { value: item, path }] of nodes.entries()) {
    const template = `${path.at(-1)}`
    const rival = nodes.slice(0, index).find((other) => areRivals(template, `${other.path.at(-1)}`))
    if (rival) {
      const both = `"${template}" and "${rival.path.at(-1)}"`
      refuse(path, `${both} take the same requests: tell them apart by a literal segment`)
    }
    const slots = [...template.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name)
    const again = slots.find((slot, i) => slots.indexOf(slot) < i)
    if (again !== undefined) refuse(path, `{${again}} stands twice in the path: give each a name of its own`)
    const described = methods.filter((method) => get(item, method) !== undefined)
    const isIdle = described.length === 0 && keys(item).every((key) => key === 'parameters')
    if (isIdle && Object(item) === item) refuse(path, `"${template}" has no call: describe one, or leave the path out`)
    for (const method of described) parameters(document, [...path, method], slots, resolve, refuse)
  }
}

/** The parameters of an operation have names of their own, and those in the path stand there. */
function parameters(document: unknown, at: Path, slots: readonly string[], resolve: Resolve, refuse: Refuse): void {
  const [ofPath = [], own = []] = [at.slice(0, -1), at].map((owner) =>
    list(get(document, ...owner), 'parameters').map((node, i) => {
      const parameter = resolve(node)
      return { name: text(parameter, 'name'), in: text(parameter, 'in'), at: [...owner, 'parameters', i] }
    }),
  )
  const isOverridden = (inherited: (typeof ofPath)[number]) =>
    own.some((parameter) => parameter.name === inherited.name && parameter.in === inherited.in)
  const all = [...ofPath.filter((parameter) => !isOverridden(parameter)), ...own]
  // A method takes parameters and body side by side, by name.
  const taken = get(document, ...at, 'requestBody') === undefined ? [] : ['body']
  twice([...taken, ...all.map(({ name }) => name)], (_, i) => all[i - taken.length]?.at ?? [], refuse)
  for (const { name, in: place, at } of all) {
    if (name !== undefined && place === 'path' && !slots.includes(name))
      refuse(at, `"${name}" is not in the path: write {${name}} there`)
  }
  // One that stands in no place at all is reported there.
  const inPath = all.filter(({ in: place }) => place !== 'query' && place !== 'header')
  const missing = slots.filter((slot) => !inPath.some(({ name }) => name === slot))
  if (missing.length > 0) refuse(at, `{${missing.join('}, {')}} is not declared: add a parameter with in: path`)
}

/** Whether a request can fit both paths, and neither is the more literal one. */
function areRivals(a: string, b: string): boolean {
  const [left, right] = [a.split('/'), b.split('/')]
  const isSlot = (segment = '') => segment.startsWith('{')
  if (left.length !== right.length) return false
  if (!left.every((segment, i) => segment === right[i] || isSlot(segment) || isSlot(right[i]))) return false
  const isLooser = (one: Path, other: Path) => one.some((segment, i) => isSlot(segment) && !isSlot(other[i]))
  return isLooser(left, right) === isLooser(right, left)
}
