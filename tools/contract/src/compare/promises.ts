import { isDeepStrictEqual } from 'node:util'
import type { Document, Schema } from '../document.ts'
import { knownValues } from '../open-set.ts'
import { type Operation, readOperations } from '../operations.ts'
import { fallback } from '../scenarios.ts'
import type { Change } from './redocly-diff.ts'

/**
 * What users rely on and no OpenAPI tool looks at, each by a name and with a value. What is always there to be said has
 * the value undefined where the contract is silent: to say it later is a change then, and no addition.
 */
type Promises = Map<string, unknown>

/** A promise that is broken or withdrawn is major, a new one minor. */
export function promiseChanges(released: Document, current: Document): Change[] {
  const [before, after] = [promisesByOwner(released), promisesByOwner(current)]
  const changes = [...before].flatMap(([owner, promises]): Change[] => {
    const kept = after.get(owner)
    return kept ? broken(owner, promises, kept) : [{ level: 'major', text: `${owner} was removed.` }]
  })
  for (const [owner, promises] of after) {
    const known = before.get(owner)
    const added = [...promises].filter(([name, value]) => !known?.has(name) && value !== undefined)
    if (!known) changes.push({ level: 'minor', text: `${owner} was added.` })
    else for (const [name] of added) changes.push({ level: 'minor', text: `${owner}: ${name} was added.` })
  }
  return changes
}

function broken(owner: string, before: Promises, after: Promises): Change[] {
  return [...before].flatMap(([name, value]): Change[] => {
    if (isDeepStrictEqual(value, after.get(name))) return []
    const change = after.has(name) ? `changed from ${show(value)} to ${show(after.get(name))}` : 'was removed'
    return [{ level: 'major', text: `${owner}: ${name} ${change}.` }]
  })
}

const show = (value: unknown) => JSON.stringify(value) ?? 'nothing'

function promisesByOwner(document: Document): Map<string, Promises> {
  const { securitySchemes = {}, schemas = {} } = document.components ?? {}
  const found: [string, Promises][] = [
    [
      'The contract',
      new Map([['the default server', document.servers[0]?.url], ...options(document.info['x-client'])]),
    ],
    ...Object.entries(securitySchemes).map(([name, scheme]): [string, Promises] => [
      `Security scheme ${name}`,
      new Map(options(scheme['x-client'])),
    ]),
    ...Object.entries(schemas).map(([name, schema]): [string, Promises] => [`Schema ${name}`, ofSchema(schema)]),
    ...readOperations(document).map((operation): [string, Promises] => [
      `Call ${operation.operationId}`,
      new Map(ofOperation(operation)),
    ]),
  ]
  return new Map(found)
}

const options = (named: object = {}): [string, unknown][] =>
  Object.entries(named).map(([key, value]) => [`client option ${key}`, value])

const ofSchema = (schema: Schema): Promises =>
  new Map<string, unknown>([
    ['the sign of an error', schema['x-in-band-error']],
    ...knownValues(schema).map(({ value, name }): [string, unknown] => [`value ${value}`, name]),
  ])

function* ofOperation(operation: Operation): Generator<[name: string, value: unknown]> {
  const { isStateChanging, lookupOperation, parameters, responses, examples, scenarios, security } = operation
  yield ['the effect', isStateChanging ? 'changes state' : 'changes nothing']
  if (lookupOperation) yield ['the lookup operation', lookupOperation]
  for (const scheme of security.length > 0 ? security : [undefined])
    yield [`access with ${scheme ?? 'no credentials'}`, 'enough']
  for (const { name, 'x-client': option } of parameters) if (option) yield* options({ [name]: option })
  // A caller handles every kind of success there is, so one more is one that it does not handle.
  const successes = [...responses].filter(([status]) => status.startsWith('2'))
  yield ['the kinds of success', successes.map(([status, { content }]) => `${status}${content ? ' with a body' : ''}`)]
  const otherwise = responses.get('default')?.['x-outcome']
  for (const [status, { 'x-outcome': outcome = otherwise }] of responses)
    yield [`status ${status}`, outcome?.is ?? assumedOutcome(status)]
  yield ['the example for any other request', fallback(examples, scenarios)?.name]
  for (const { name, status, next } of examples) yield [`example ${name}`, { status, next }]
  for (const { name, parameters, body } of scenarios) yield [`scenario ${name}`, { parameters, body }]
}

/** What the client takes an error for where the contract does not say. */
function assumedOutcome(status: string): string {
  if (status === 'default') return 'as its status says'
  return status === '408' || status.startsWith('5') ? 'unknown' : 'rejected'
}
