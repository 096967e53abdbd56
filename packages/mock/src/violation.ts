import { itemsOf, type Parameter, typesOf } from './contract.ts'
import { shorten } from './message.ts'
import { type Redact, redactValue } from './redact.ts'

/** One mismatch between a message and the contract, as found. */
export interface Finding {
  /** For example `query mirroring`, `path jobid`, `header x-trace`, `body /name`. */
  readonly location: string
  /** A string as received, or a value from a JSON body; absent if nothing was received. */
  readonly received?: string | { readonly json: unknown }
  readonly expected: string
}

/** A finding as it is sent, logged and reported: redacted, long strings shortened. */
export interface Violation {
  readonly location: string
  readonly received?: string
  readonly expected: string
}

/** The number of violations of a message that are listed in a response. */
export const listLimit = 20

/** Secrets are redacted first: of a shortened string, half a secret would stay. */
export function toViolation({ location, received, expected }: Finding, redact: Redact = (text) => text): Violation {
  const text = typeof received === 'object' ? JSON.stringify(redactValue(received.json, redact)) : received
  return {
    location: shorten(redact(location)),
    ...(text !== undefined && { received: shorten(redact(text)) }),
    expected: redact(expected),
  }
}

export const sentence = ({ location, received, expected }: Violation): string =>
  received === undefined ? `${location}: required (${expected})` : `${location}: got ${received}, expected ${expected}`

/** Prism names a missing parameter in its message only, in lower case. */
export const parameterName = ([name]: readonly string[], message: string): string =>
  name ?? message.replace(/^.*'(.*)'$/, '$1')

/** A finding about a value in a body. */
export function inBody(path: readonly string[], message: string, body: unknown): Finding {
  const json = path.reduce<unknown>((outer, key) => Reflect.get(Object(outer), key), body)
  const location = path.length > 0 ? `body ${path.map((key) => `/${key}`).join('')}` : 'body'
  return { location, ...(json !== undefined && { received: { json } }), expected: expectedBy(message) }
}

/** Turns Prism's `Request body property a.b must be integer,null` into `integer or null`. */
export function expectedBy(message: string): string {
  const expected = message.replace(/^.*? must (be |have )?/, '').replace(/^NOT/, 'not')
  return /^\w+(,\w+)+$/.test(expected) ? expected.replaceAll(',', ' or ') : expected
}

/** The keywords of a schema that {@link describe} covers. */
export const isDescribed = /^(type|enum|minimum|maximum|minLength|maxLength|pattern|format|required)$/

/** The values that a parameter's schema allows, for people. */
export function describe(schema: Parameter['schema'] = {}): string {
  const { enum: values, minimum, maximum, minLength, maxLength, pattern, format } = schema
  const types = typesOf(schema)
  if (values) return `one of ${values.join(', ')}`
  if (types.includes('array')) return `a list of ${describe(itemsOf(schema))}`
  const parts = [
    types.includes('boolean') ? 'true or false' : types.join(' or ') || 'any value',
    minimum !== undefined && `at least ${minimum}`,
    maximum !== undefined && `at most ${maximum}`,
    minLength !== undefined && `${minLength} characters or more`,
    maxLength !== undefined && `${maxLength} characters or fewer`,
    pattern !== undefined && `matching ${pattern}`,
    format !== undefined && `in the format ${format}`,
  ]
  return parts.filter((part) => part !== false).join(', ')
}
