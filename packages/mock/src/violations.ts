import type { Operation } from './contract.ts'
import type { Incoming } from './message.ts'
import { nearest } from './nearest.ts'
import { type Place, parametersIn, places, rawValue, readValue, typesOf, type Values } from './parameters.ts'
import { type Finding, findingsInRequest, type Parameter, type PrismRequest } from './prism.ts'
import { reasonOf } from './reason.ts'

/** One way in which a request breaks the contract. */
export interface Violation {
  /** The place: `query mirroring`, `path jobid`, `header x-trace`, `body /name`. */
  readonly where: string
  /** What came there; absent when nothing did. */
  readonly came?: string
  /** What the contract allows there. */
  readonly allowed: string
}

/** Everything in which a request breaks the contract, by Prism's validation and by the rules that Prism lacks. */
export function findViolations(operation: Operation, request: PrismRequest, values: Values, body: Body): Violation[] {
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
    ? [...ours, body.malformed, ...theirs.filter(({ where }) => !where.startsWith('body'))]
    : [...ours, ...theirs]
  if (all.length === 0) return all
  // Of several findings on one value the first says most; the body keeps all, since each may be about another branch.
  const first = new Map<string, Violation>()
  for (const violation of all) {
    const { where, allowed } = violation
    const value = where.startsWith('body') ? `${where}: ${allowed}` : where
    if (!first.has(value)) first.set(value, violation)
  }
  return listed([...first.values()], (violation) => violation)
}

const limit = 20

/** The violations in what was found: the first of them whole, and of the others how many they are. */
export function listed<Found>(found: readonly Found[], read: (found: Found) => Violation): Violation[] {
  const others = found.length - limit
  const more = others > 0 ? [{ where: 'more', came: `${others} violations`, allowed: 'none' }] : []
  return [...found.slice(0, limit).map(read), ...more]
}

export interface Body {
  /** The value: parsed when its type is JSON, else the text. */
  readonly value: unknown
  readonly malformed?: Violation
}

/** Reads the text of a body as its media type says. */
export function readBody(headers: Incoming['headers'], text: string): Body {
  if (text === '') return { value: undefined }
  if (!/^application\/([^;]*\+)?json\s*(;|$)/i.test(headers['content-type'] ?? '')) return { value: text }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { value: undefined, malformed: { where: 'body', came: shorten(text), allowed: `JSON (${reasonOf(error)})` } }
  }
}

function unknownQuery(operation: Operation, { query }: Values): Violation[] {
  const parameters = parametersIn('query', operation)
  const spread = parameters.filter(
    ({ schema, style, explode }) => style === 'form' && explode && typesOf(schema).includes('object'),
  )
  if (spread.some(({ schema }) => schema?.additionalProperties !== false)) return []
  const names = parameters.flatMap((parameter) =>
    spread.includes(parameter) ? Object.keys(parameter.schema?.properties ?? {}) : [parameter.name],
  )
  const deep = parameters.filter(({ style }) => style === 'deepObject').map(({ name }) => `${name}[`)
  const isKnown = (name: string) => names.includes(name) || deep.some((start) => name.startsWith(start))
  const known = names.length > 0 ? `only ${names.join(', ')}` : 'no parameter at all'
  const unknown = Object.keys(query).filter((name) => !isKnown(name))
  return unknown.map((name) => {
    const meant = nearest(name, names)
    // The value stays unsaid: a stray parameter may well be a secret.
    return {
      where: `query ${shorten(name)}`,
      came: 'an unknown parameter',
      allowed: meant ? `${known}; did you mean ${meant}?` : known,
    }
  })
}

function badParameter(place: Place, parameter: Parameter, values: Values): Violation[] {
  const types = typesOf(parameter.schema)
  const raw = rawValue(place, parameter, values)
  if (Array.isArray(raw) && types.length > 0 && !(types.includes('array') && parameter.explode)) {
    const allowed = `one: ${describe(parameter.schema)}`
    return [{ where: `${place} ${parameter.name}`, came: `${raw.length} values`, allowed }]
  }
  const value = readValue(place, parameter, values)
  if (!hasLooseNumber(value, parameter.schema)) return []
  return [badValue(place, parameter, raw ?? JSON.stringify(value))]
}

/** Prism reads numbers as JavaScript's `Number` does: `1e3`, `01`, ` 1` and what is beyond 2^53 - 1 pass for integers. */
function hasLooseNumber(value: unknown, schema: Subschema): boolean {
  if (typeof schema !== 'object' || Array.isArray(schema)) return false
  if (Array.isArray(value)) return value.some((item) => hasLooseNumber(item, schema.items))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).some(([name, item]) => hasLooseNumber(item, schema.properties?.[name]))
  }
  const types = typesOf(schema)
  if (typeof value !== 'string' || types.length === 0 || types.includes('string')) return false
  if (types.includes('integer') && !types.includes('number')) {
    return !/^(0|-?[1-9]\d*)$/.test(value) || !Number.isSafeInteger(Number(value))
  }
  return types.includes('number') && !/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(value)
}

function fromPrism({ path, code, message }: Finding, operation: Operation, values: Values, body: Body): Violation {
  const [start = '', ...rest] = path
  const place = places.find((candidate) => candidate === start)
  if (place) {
    const name = parameterName(rest, message).toLowerCase()
    const parameter = parametersIn(place, operation).find((candidate) => candidate.name.toLowerCase() === name)
    if (!parameter) return { where: `${place} ${name}`, allowed: allowedBy(message) }
    const violation = badValue(place, parameter, rawValue(place, parameter, values))
    return isDescribed.test(code) || violation.came === undefined
      ? violation
      : { ...violation, allowed: allowedBy(message) }
  }
  if (code === '415') {
    if (!operation.prism.request.body) return { where: 'body', came: shorten(String(body.value)), allowed: 'no body' }
    const allowed = message.replace(/^Supported content types: /, '')
    return { where: 'header content-type', came: values.header['content-type'] ?? 'nothing', allowed }
  }
  if (code === 'malformed') return { where: 'request', came: shorten(message), allowed: 'what can be read' }
  if (code === 'required' && start === '') return { where: 'body', allowed: 'a body' }
  return inBody(rest, message, body.value)
}

/** Prism names a missing parameter in its message alone, and all of them in lower case. */
export function parameterName([name]: readonly string[], message: string): string {
  return name ?? message.replace(/^.*'(.*)'$/, '$1')
}

/** A finding on a value inside a body. */
export function inBody(path: readonly string[], message: string, body: unknown): Violation {
  const value = path.reduce<unknown>((outer, key) => Reflect.get(Object(outer), key), body)
  const where = path.length > 0 ? `body ${shorten(path.map((key) => `/${key}`).join(''))}` : 'body'
  return { where, ...(value !== undefined && { came: shorten(JSON.stringify(value)) }), allowed: allowedBy(message) }
}

/** Turns Prism's `Request body property a.b must be integer` into what is allowed. */
export function allowedBy(message: string): string {
  return message.replace(/^.*? must (be |have )?/, '').replace(/^NOT/, 'not')
}

export function sentence({ where, came, allowed }: Violation): string {
  return `${where} ${came === undefined ? 'is missing' : `came as ${came}`}, allowed: ${allowed}`
}

function badValue(place: Place, parameter: Parameter, raw: string | string[] | undefined): Violation {
  const where = `${place} ${parameter.name}`
  const allowed = describe(parameter.schema)
  if (raw === undefined) return { where, allowed }
  // Unlike the rest, headers may hold what nobody should read.
  return { where, came: place === 'header' || place === 'cookie' ? 'a wrong value' : shorten(String(raw)), allowed }
}

/** What the schema of a parameter may have in it; a list of schemas is a word of older drafts. */
type Subschema = Parameter['schema'] | NonNullable<Parameter['schema']>['items']

/** The words of a schema that {@link describe} speaks of. */
const isDescribed = /^(type|enum|minimum|maximum|minLength|maxLength|pattern|format|required)$/

function describe(schema: Subschema): string {
  if (typeof schema !== 'object' || Array.isArray(schema)) return 'any value'
  const { enum: values, minimum, maximum, minLength, maxLength, pattern, format } = schema
  const types = typesOf(schema)
  if (values) return `one of ${values.join(', ')}`
  if (types.includes('array')) return `a list of ${describe(schema.items)}`
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

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
