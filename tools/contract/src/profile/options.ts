import { get, type Resolve, text, typesOf } from './node.ts'
import type { Node, Refuse } from './placed.ts'

/** An option of the client means one thing; parameters of one type may share it. */
export function options(document: unknown, nodes: readonly Node[], resolve: Resolve, refuse: Refuse): void {
  const known = new Map<string, string>()
  for (const { value, path } of nodes) {
    const option = text(value, 'option') ?? ''
    const owner = get(document, ...path.slice(0, -1))
    const isOfParameter = get(owner, 'in') !== undefined
    const meaning = JSON.stringify([value, isOfParameter ? typesOf(resolve(get(owner, 'schema'))) : path])
    const at = [...path, 'option']
    if ((known.get(option) ?? meaning) !== meaning)
      refuse(at, `"${option}" means something else already: choose another name`, false)
    known.set(option, meaning)
  }
  for (const { value, path } of nodes) {
    const needed = text(value, 'requires')
    if (needed !== undefined && !known.has(needed))
      refuse([...path, 'requires'], `there is no option "${needed}"`, false)
  }
}
