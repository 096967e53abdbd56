import { isError } from './in-band-error.ts'
import { twice } from './names.ts'
import { get, keys, list, type Node, type Path, type Refuse, type Resolve, shapeOf, text, texts } from './node.ts'

/** Operations have names of their own, succeed with something, and say how to find out what became of them. */
export function operations(document: unknown, nodes: readonly Node[], resolve: Resolve, refuse: Refuse): void {
  const tags = list(document, 'tags').map((tag) => text(tag, 'name'))
  const names = nodes.map(({ value }) => text(value, 'operationId'))
  twice(names, (_, i) => [...(nodes[i]?.path ?? []), 'operationId'], refuse)
  generatedNames(document, names, refuse)
  for (const { value, path } of nodes) {
    lookupOperation(value, path, nodes, refuse)
    for (const [index, tag] of texts(value, 'tags').entries()) {
      if (!tags.includes(tag)) refuse([...path, 'tags', index], `"${tag}" is not declared: add it to tags at the top`)
    }
    const statuses = keys(get(value, 'responses')).filter((status) => status.startsWith('2'))
    for (const status of statuses) {
      success(get(value, 'responses', status), [...path, 'responses', status], resolve, refuse)
    }
  }
}

/** A success can be one; what its error means is said where it can be an error too. */
function success(node: unknown, path: Path, resolve: Resolve, refuse: Refuse): void {
  const response = resolve(node)
  const schema = get(response, 'content', 'application/json', 'schema')
  const union = list(resolve(schema), 'oneOf')
  const members = schema === undefined ? [] : union.length > 0 ? union : [schema]
  if (get(response, 'content') !== undefined && schema === undefined) return
  const isKnown = members.every((member) => ['object', 'array'].includes(shapeOf(resolve(member)) ?? ''))
  // What is wrong with a member is said there.
  if (!isKnown || (get(schema, 'oneOf') !== undefined && union.length === 0)) return
  const errors = members.filter((member) => isError(resolve(member)))
  if (members.length > 0 && errors.length === members.length)
    refuse(path, 'nothing but an error can come with this status: describe a success too')
  if (get(response, 'x-outcome') !== undefined && errors.length === 0) {
    const at = response === node ? [...path, 'x-outcome'] : path
    refuse(at, '"x-outcome" speaks of an error, and none comes with this status: leave it out')
  }
}

/** A schema must not have the name of a type that the client gets for an operation. */
function generatedNames(document: unknown, operationIds: readonly (string | undefined)[], refuse: Refuse): void {
  for (const operationId of operationIds) {
    if (operationId === undefined) continue
    const prefix = operationId.charAt(0).toUpperCase() + operationId.slice(1)
    for (const name of [`${prefix}Parameters`, `${prefix}Result`]) {
      if (get(document, 'components', 'schemas', name) !== undefined)
        refuse(
          ['components', 'schemas', name],
          `"${name}" is the name of a type that is generated for ${operationId}: rename the schema`,
        )
    }
  }
}

function lookupOperation(operation: unknown, path: Path, nodes: readonly Node[], refuse: Refuse): void {
  const name = text(operation, 'x-lookup-operation')
  if (name === undefined) return
  const at = [...path, 'x-lookup-operation']
  if (get(operation, 'x-state-changing') === false)
    refuse(at, '"x-lookup-operation" belongs to a call that changes something: this one can simply be made again')
  const target = nodes.find(({ value }) => text(value, 'operationId') === name)
  const others = nodes.filter(({ value }) => get(value, 'x-state-changing') === false)
  const choice = others.map(({ value }) => text(value, 'operationId')).join(', ')
  if (!target) refuse(at, `there is no operation "${name}": name one of ${choice}`, false)
  else if (!others.includes(target)) refuse(at, `"${name}" changes something itself: name a call that does not`, false)
}
