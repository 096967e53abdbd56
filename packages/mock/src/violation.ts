import { shorten } from './message.ts'
import type { Parameter } from './prism.ts'
import { itemsOf, typesOf } from './values.ts'

/** One way in which a message breaks the contract. */
export interface Violation {
  /** The place: `query mirroring`, `path jobid`, `header x-trace`, `body /name`. */
  readonly location: string
  /** The value received there; absent when there was none. */
  readonly received?: string
  /** What the contract expects there. */
  readonly expected: string
}

export const sentence = ({ location, received, expected }: Violation): string =>
  received === undefined ? `${location}: required (${expected})` : `${location}: got ${received}, expected ${expected}`

const limit = 20

/** The first twenty violations of a message, and how many more there are. */
export interface Violations {
  readonly violations: readonly Violation[]
  readonly more?: number
}

export function listed<Found>(found: readonly Found[], read: (found: Found) => Violation): Violations {
  const more = found.length - limit
  return { violations: found.slice(0, limit).map(read), ...(more > 0 && { more }) }
}

/** Prism names a missing parameter in its message alone, and all of them in lower case. */
export const parameterName = ([name]: readonly string[], message: string): string =>
  name ?? message.replace(/^.*'(.*)'$/, '$1')

/** A finding on a value inside a body. */
export function inBody(path: readonly string[], message: string, body: unknown): Violation {
  const value = path.reduce<unknown>((outer, key) => Reflect.get(Object(outer), key), body)
  const location = path.length > 0 ? `body ${shorten(path.map((key) => `/${key}`).join(''))}` : 'body'
  return {
    location,
    ...(value !== undefined && { received: shorten(JSON.stringify(value)) }),
    expected: allowedBy(message),
  }
}

/** Turns Prism's `Request body property a.b must be integer` into what is allowed. */
export const allowedBy = (message: string): string =>
  message.replace(/^.*? must (be |have )?/, '').replace(/^NOT/, 'not')

/** The words of a schema that {@link describe} speaks of. */
export const isDescribed = /^(type|enum|minimum|maximum|minLength|maxLength|pattern|format|required)$/

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
