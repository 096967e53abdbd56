import { get, keys, list, type Path, type Resolve, text } from './node.ts'
import type { Node, Refuse } from './placed.ts'

/** Operations have names of their own, succeed with something, and say how to find out what became of them. */
export function operations(nodes: readonly Node[], resolve: Resolve, refuse: Refuse): void {
  const known = new Map<string, { readonly value: unknown; readonly path: Path }>()
  for (const { value, path } of nodes) {
    const id = text(value, 'operationId')
    const other = id === undefined ? undefined : known.get(id)
    if (id !== undefined && other) {
      const [template = '', method = ''] = other.path.slice(-2)
      refuse(
        [...path, 'operationId'],
        `"${id}" names ${method} ${template} too: give each operation a name of its own`,
        false,
      )
    } else if (id !== undefined) known.set(id, { value, path })
  }
  for (const { value, path } of nodes) {
    findOut(value, path, known, refuse)
    const responses = get(value, 'responses')
    for (const status of keys(responses)) {
      const schema = get(resolve(get(responses, status)), 'content', 'application/json', 'schema')
      const members = list(resolve(schema), 'oneOf')
      const all = members.length > 0 ? members : [schema]
      if (status.startsWith('2') && schema !== undefined && all.every((member) => isError(resolve(member))))
        refuse([...path, 'responses', status], 'nothing but an error can come with this status: describe a success too')
    }
  }
}

const isError = (schema: unknown) => get(schema, 'x-in-band-error') !== undefined

function findOut(
  operation: unknown,
  path: Path,
  known: ReadonlyMap<string, { readonly value: unknown }>,
  refuse: Refuse,
): void {
  const id = text(operation, 'x-find-out')
  if (id === undefined) return
  const at = [...path, 'x-find-out']
  if (get(operation, 'x-state-changing') === false)
    refuse(at, '"x-find-out" belongs to a call that changes something: this one can simply be made again')
  const target = known.get(id)
  if (!target) refuse(at, `there is no operation "${id}": name one of ${[...known.keys()].join(', ')}`, false)
  else if (get(target.value, 'x-state-changing') !== false)
    refuse(at, `"${id}" changes something itself: name a call that does not`, false)
}
