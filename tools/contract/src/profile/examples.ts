import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { claimedMember } from './members.ts'
import { get, keys, list, type Node, type Path, type Placed, type Refuse, resolver, text } from './node.ts'

/** Returns the examples of a document that do not match their schema. The rest of it must be inside the profile. */
export function misfits(document: unknown, nodes: readonly Node[]): Placed[] {
  const found: Placed[] = []
  const resolve = resolver(document)
  // The profile has looked at the schemas: to look again would take longer than all the rest.
  const ajv = new Ajv2020({ strict: false, ownProperties: true, meta: false, validateSchema: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'contract', components: { schemas: bareEach(get(document, 'components', 'schemas')) } })
  const compiled = new Map<unknown, ValidateFunction>()
  for (const { kind, value, path } of nodes) {
    if (kind === 'examples' || kind === 'answers') {
      const schema = get(document, ...path.slice(0, -1), 'schema')
      for (const name of keys(value)) check(schema, get(value, name, 'value'), [...path, name, 'value'])
    }
    if (kind !== 'schema') continue
    for (const [index, example] of list(value, 'examples').entries())
      check(value, example, [...path, 'examples', `${index}`])
  }
  return found

  function check(schema: unknown, value: unknown, path: Path): void {
    const fits = compile(schema)
    if (fits(value)) return
    // Of a union, the member that the value claims to be has the better reason.
    const union = list(resolve(schema), 'oneOf')
    const claimed = claimedMember(value, union, document)
    const member = claimed < 0 ? fits : compile(union[claimed])
    const error = (member(value) ? fits : member).errors?.[0]
    const reason = `${error?.instancePath} ${error?.message}`.trim()
    found.push({ path, onKey: false, message: `the example does not match its schema: ${reason}` })
  }

  function compile(schema: unknown): ValidateFunction {
    const known = compiled.get(schema) ?? ajv.compile(bare(schema))
    compiled.set(schema, known)
    return known
  }
}

/** A sequence of examples stays in one response, and has an end. */
export function sequences(examples: unknown, path: Path, refuse: Refuse): void {
  const nextOf = (name: string) => text(get(examples, name), 'x-next')
  const all = keys(examples)
  for (const name of all) {
    const next = nextOf(name)
    if (next === undefined) continue
    const at = [...path, name, 'x-next']
    if (!all.includes(next)) refuse(at, `there is no example "${next}": name one of ${all.join(', ')}`, false)
    const round = [name]
    let step: string | undefined = next
    while (step !== undefined && !round.includes(step)) {
      round.push(step)
      step = nextOf(step)
    }
    // A circle is reported where the last of it stands.
    if (step === name && round.every((other) => all.indexOf(other) <= all.indexOf(name)))
      refuse(at, `"${name}" comes round again: a sequence has an end, and its last example stays`, false)
  }
}

const words = 'type const enum minimum maximum minLength maxLength minItems maxItems pattern format required'.split(' ')
const schemas = ['items', 'additionalProperties']
const lists = ['allOf', 'oneOf', 'anyOf']

/** A schema with nothing in it but what says which values fit: data that looks like a keyword would confuse Ajv. */
function bare(schema: unknown): object {
  const entries = keys(schema).flatMap((word): [string, unknown][] => {
    const value = get(schema, word)
    if (word === '$ref') return [[word, `contract${value}`]]
    if (word === 'properties') return [[word, bareEach(value)]]
    if (schemas.includes(word)) return [[word, bare(value)]]
    if (lists.includes(word)) return [[word, list(schema, word).map(bare)]]
    return words.includes(word) ? [[word, value]] : []
  })
  return Object.fromEntries(entries)
}

const bareEach = (named: unknown) => Object.fromEntries(keys(named).map((name) => [name, bare(get(named, name))]))
