import { closestMatch } from 'leven'
import { itemsOf, type MockOperation, type Parameter, type Place, parametersIn, places, typesOf } from './contract.ts'
import { errorMessage, type MockRequest } from './message.ts'
import { type Diagnostic, diagnoseRequest } from './prism.ts'
import { type Match, rawValue, type Target, type Values } from './route.ts'
import { describe, expectedBy, type Finding, inBody, isDescribed, parameterName } from './violation.ts'

/** The result of validating a request: its body, and each mismatch with the contract. */
export interface Validated {
  /** Parsed if it is JSON. */
  readonly body: unknown
  readonly findings: readonly Finding[]
  /** Whether the body is compressed and was not read. */
  readonly isCompressed: boolean
}

/** A parsed body, or the reason why it cannot be parsed. */
export interface ParsedBody {
  readonly value: unknown
  readonly malformed?: Finding
}

/** Parses a body if its media type is JSON. */
export function parseBody({ 'content-type': type = '' }: MockRequest['headers'], text: string): ParsedBody {
  if (text === '') return { value: undefined }
  // Prism validates other kinds of JSON, too.
  if (!/^application\/([^;]*\+)?json\s*(;|$)/i.test(type)) return { value: text }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return {
      value: undefined,
      malformed: { location: 'body', received: text, expected: `JSON (${errorMessage(error)})` },
    }
  }
}

/** Validates a request against the contract, by Prism's validation and by the rules that Prism lacks. */
export function validateRequest(
  { operation, values }: Match,
  { headers, body: bytes }: MockRequest,
  { path, query }: Target,
): Validated {
  const encoding = bytes && headers['content-encoding']
  const isCompressed = encoding !== undefined && !/^identity$/i.test(encoding)
  const body: ParsedBody = isCompressed
    ? { value: undefined, malformed: { location: 'body', received: `${encoding}, unread`, expected: 'no compression' } }
    : bodyOf(operation.prism.request.body !== undefined, headers, bytes)
  const diagnostics = diagnoseRequest(operation.prism, {
    method: operation.method,
    // Prism would split a value at its commas.
    url: { path: path.replaceAll(',', '%2C'), query },
    // Prism treats a body without a length as absent when it checks the media type.
    headers: bytes ? { ...headers, 'content-length': `${bytes.length}` } : headers,
    body: body.value,
  })
  const findings = findingsIn(operation, values, body, diagnostics)
  return { body: body.value, findings, isCompressed }
}

/** An operation without a body rejects any body, so its content does not matter. */
function bodyOf(isExpected: boolean, headers: MockRequest['headers'], bytes: Buffer | undefined): ParsedBody {
  const text = bytes?.toString() ?? ''
  if (!isExpected) return { value: text || undefined }
  if (text === '' || headers['content-type'] !== undefined) return parseBody(headers, text)
  const malformed = { location: 'header content-type', received: 'nothing', expected: 'application/json' }
  return { value: undefined, malformed }
}

function findingsIn(
  operation: MockOperation,
  values: Values,
  body: ParsedBody,
  diagnostics: readonly Diagnostic[],
): Finding[] {
  const ours = [
    ...unknownQuery(operation, values),
    ...places.flatMap((place) =>
      parametersIn(place, operation).flatMap((parameter) => looseValue(place, parameter, values)),
    ),
  ]
  const theirs = diagnostics.map((diagnostic) => fromPrism(diagnostic, operation, values, body))
  const all = body.malformed
    ? [...ours, body.malformed, ...theirs.filter(({ location }) => !location.startsWith('body'))]
    : [...ours, ...theirs]
  // The first finding about a parameter is the most specific. A body keeps all, since each may be about another property.
  const first = new Map<string, Finding>()
  for (const finding of all) {
    const { location, expected } = finding
    const key = location.startsWith('body') ? `${location}: ${expected}` : location
    if (!first.has(key)) first.set(key, finding)
  }
  return [...first.values()]
}

function unknownQuery(operation: MockOperation, { query }: Values): Finding[] {
  const names = parametersIn('query', operation).map(({ name }) => name)
  const known = names.length > 0 ? `only ${names.join(', ')}` : 'no query parameter'
  const unknown = Object.keys(query).filter((name) => !names.includes(name))
  return unknown.map((name) => {
    // The value is left out: an unknown parameter may be a secret.
    const similar = closestMatch(name.toLowerCase(), names, { maxDistance: 2 })
    const expected = similar === undefined || similar.length < 3 ? known : `${known}; did you mean ${similar}?`
    return { location: `query ${name}`, received: 'an unknown parameter', expected }
  })
}

/** Values that Prism accepts although they are not what the schema declares. */
function looseValue(place: Place, parameter: Parameter, values: Values): Finding[] {
  const { name, schema } = parameter
  const types = typesOf(schema)
  const raw = rawValue(place, name, values)
  if (Array.isArray(raw) && !types.includes('array'))
    return [{ location: `${place} ${name}`, received: `${raw.length} values`, expected: `one: ${describe(schema)}` }]
  const items = types.includes('array') ? itemsOf(schema) : schema
  const texts = typeof raw === 'string' ? [raw] : (raw ?? [])
  return texts.some((text) => isLooseNumber(text, items)) ? [badValue(place, parameter, raw)] : []
}

/** Prism reads numbers by JavaScript's `Number`: `1e3`, `01`, ` 1` and integers above 2^53 - 1 would pass. */
function isLooseNumber(text: string, schema: Parameter['schema']): boolean {
  const types = typesOf(schema)
  if (types.includes('integer')) return !/^(0|-?[1-9]\d*)$/.test(text) || !Number.isSafeInteger(Number(text))
  return types.includes('number') && !/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)
}

function fromPrism(
  { path, keyword, message }: Diagnostic,
  operation: MockOperation,
  values: Values,
  body: ParsedBody,
): Finding {
  const [start = '', ...rest] = path
  const place = places.find((candidate) => candidate === start)
  const named = parameterName(rest, message).toLowerCase()
  const parameter = place && parametersIn(place, operation).find(({ name }) => name.toLowerCase() === named)
  if (parameter) {
    const finding = badValue(place, parameter, rawValue(place, parameter.name, values))
    return isDescribed.test(keyword) ? finding : { ...finding, expected: expectedBy(message) }
  }
  if (keyword === '415') {
    if (!operation.prism.request.body) return { location: 'body', received: `${body.value}`, expected: 'no body' }
    const expected = message.replace('Supported content types: ', '')
    return { location: 'header content-type', received: `${values.header['content-type']}`, expected }
  }
  if (keyword === 'malformed') return { location: 'request', received: message, expected: 'a readable request' }
  if (start === '') return { location: 'body', expected: 'a body' }
  return inBody(rest, message, body.value)
}

function badValue(place: Place, { name, schema }: Parameter, raw: string | string[] | undefined): Finding {
  const location = `${place} ${name}`
  const expected = describe(schema)
  if (raw === undefined) return { location, expected }
  // A header may be a secret.
  return { location, received: place === 'header' ? 'an invalid value' : `${raw}`, expected }
}
