import { closestMatch } from 'leven'
import { type MockOperation, type Place, places } from './contract.ts'
import { type Incoming, reasonOf, shorten } from './message.ts'
import { type Finding, findingsInRequest, type Parameter, type PrismRequest } from './prism.ts'
import { itemsOf, parametersIn, rawValue, typesOf, type Values } from './values.ts'
import {
  allowedBy,
  describe,
  inBody,
  isDescribed,
  listed,
  parameterName,
  type Violation,
  type Violations,
} from './violation.ts'

/** A body that was read: the value, or why there is none. */
export interface ReadBody {
  readonly value: unknown
  readonly malformed?: Violation
}

/** Reads the text of a body, if its media type is JSON. */
export function readBody({ 'content-type': type = '' }: Incoming['headers'], text: string): ReadBody {
  if (text === '') return { value: undefined }
  if (!/^application\/([^;]*\+)?json\s*(;|$)/i.test(type)) return { value: text }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return {
      value: undefined,
      malformed: { location: 'body', received: shorten(text), expected: `JSON (${reasonOf(error)})` },
    }
  }
}

/** Everything in which a request breaks the contract, by Prism's validation and by the rules that Prism lacks. */
export function findViolations(
  operation: MockOperation,
  request: PrismRequest,
  values: Values,
  body: ReadBody,
): Violations {
  const ours = [
    ...unknownQuery(operation, values),
    ...places.flatMap((place) =>
      parametersIn(place, operation).flatMap((parameter) => badParameter(place, parameter, values)),
    ),
  ]
  const theirs = findingsInRequest(operation.prism, request).map((finding) =>
    fromPrism(finding, operation, values, body),
  )
  const all = body.malformed
    ? [...ours, body.malformed, ...theirs.filter(({ location }) => !location.startsWith('body'))]
    : [...ours, ...theirs]
  if (all.length === 0) return { violations: [] }
  // Of several findings on one value the first says most; the body keeps all, since each may be about another member.
  const first = new Map<string, Violation>()
  for (const violation of all) {
    const { location, expected } = violation
    const value = location.startsWith('body') ? `${location}: ${expected}` : location
    if (!first.has(value)) first.set(value, violation)
  }
  return listed([...first.values()], (violation) => violation)
}

function unknownQuery(operation: MockOperation, { query }: Values): Violation[] {
  const names = parametersIn('query', operation).map(({ name }) => name)
  const known = names.length > 0 ? `only ${names.join(', ')}` : 'no parameter at all'
  const unknown = Object.keys(query).filter((name) => !names.includes(name))
  return unknown.map((name) => {
    // Beyond two letters nothing is near. The value stays unsaid: a stray parameter may well be a secret.
    const meant = name.length > 100 ? undefined : closestMatch(name.toLowerCase(), names, { maxDistance: 2 })
    const expected = meant === undefined || meant.length < 3 ? known : `${known}; did you mean ${meant}?`
    return { location: `query ${shorten(name)}`, received: 'an unknown parameter', expected }
  })
}

function badParameter(place: Place, parameter: Parameter, values: Values): Violation[] {
  const { name, schema } = parameter
  const types = typesOf(schema)
  const raw = rawValue(place, name, values)
  if (Array.isArray(raw) && !types.includes('array'))
    return [{ location: `${place} ${name}`, received: `${raw.length} values`, expected: `one: ${describe(schema)}` }]
  const items = types.includes('array') ? itemsOf(schema) : schema
  const texts = typeof raw === 'string' ? [raw] : (raw ?? [])
  return texts.some((text) => isLooseNumber(text, items)) ? [badValue(place, parameter, raw)] : []
}

/** Prism reads numbers as JavaScript's `Number` does: `1e3`, `01`, ` 1` and what is beyond 2^53 - 1 pass for integers. */
function isLooseNumber(text: string, schema: Parameter['schema']): boolean {
  const types = typesOf(schema)
  if (types.includes('integer')) return !/^(0|-?[1-9]\d*)$/.test(text) || !Number.isSafeInteger(Number(text))
  return types.includes('number') && !/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)
}

function fromPrism(
  { path, keyword, message }: Finding,
  operation: MockOperation,
  values: Values,
  body: ReadBody,
): Violation {
  const [start = '', ...rest] = path
  const place = places.find((candidate) => candidate === start)
  if (place) {
    const name = parameterName(rest, message).toLowerCase()
    const parameter = parametersIn(place, operation).find((candidate) => candidate.name.toLowerCase() === name)
    if (!parameter) return { location: `${place} ${name}`, expected: allowedBy(message) }
    const violation = badValue(place, parameter, rawValue(place, parameter.name, values))
    return isDescribed.test(keyword) || violation.received === undefined
      ? violation
      : { ...violation, expected: allowedBy(message) }
  }
  if (keyword === '415') {
    if (!operation.prism.request.body)
      return { location: 'body', received: shorten(`${body.value}`), expected: 'no body' }
    const expected = message.replace(/^Supported content types: /, '')
    return { location: 'header content-type', received: values.header['content-type'] ?? 'nothing', expected }
  }
  if (keyword === 'malformed') return { location: 'request', received: shorten(message), expected: 'what can be read' }
  if (keyword === 'required' && start === '') return { location: 'body', expected: 'a body' }
  return inBody(rest, message, body.value)
}

function badValue(place: Place, { name, schema }: Parameter, raw: string | string[] | undefined): Violation {
  const [location, expected] = [`${place} ${name}`, describe(schema)]
  if (raw === undefined) return { location, expected }
  // Unlike the rest, headers may hold what nobody should read.
  return { location, received: place === 'header' ? 'a wrong value' : shorten(`${raw}`), expected }
}
