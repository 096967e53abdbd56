import { isDeepStrictEqual } from 'node:util'
import { hasBody, type MockExample, type MockOperation, type MockScenario, responseKey } from './contract.ts'
import { isBodiless, type MockResponse, problem, responseWith } from './message.ts'
import { acceptsJson, matchesSchema, prismResponse, type ResponseSelection } from './prism.ts'
import type { HandlerResult } from './result.ts'
import { type Match, rawValue, type Values } from './route.ts'

/**
 * Chooses the response to a valid request: the one that `Prefer` selects, else the scenario that matches its values, else the
 * fallback.
 *
 * @param body parsed
 * @param nextStep advances the sequence that starts with an example
 */
export function chooseResponse(
  { operation, values }: Match,
  body: unknown,
  nextStep: (chosen: MockExample) => MockExample,
): Pick<HandlerResult, 'response' | 'scenario'> {
  const { prefer, accept } = values.header
  const preferred = prefer === undefined ? undefined : readPreference(prefer, operation)
  if (preferred && 'unknown' in preferred) {
    const known = { statuses: operation.statuses, examples: operation.examples.map(({ name }) => name) }
    return { response: problem('unknown-preference', preferred.unknown, known) }
  }
  const isJsonAccepted = accept === undefined || acceptsJson(accept)
  const example = preferred ? undefined : findExample(operation, values, body)
  // A sequence does not advance if its response cannot be sent.
  const step = example && isJsonAccepted ? nextStep(example) : example
  const selection = preferred ?? selectionOf(step)
  const response = makeResponse(operation, selection)
  if (!isJsonAccepted && response.body !== undefined && !response.isProblem)
    return { response: problem('not-acceptable', 'Available: application/json.') }
  return { response, scenario: selection.exampleKey }
}

/**
 * Reads `code`, `example`, `dynamic` and `seed`. Other preferences are ignored.
 *
 * @returns the selected response, the reason why there is no such response, or undefined if none is selected
 */
function readPreference(
  header: string,
  operation: MockOperation,
): ResponseSelection | { readonly unknown: string } | undefined {
  const { code: status, example, dynamic, seed } = preferencesIn(header)
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false')
    return { unknown: `dynamic=${dynamic}: must be true or false.` }
  if (status === undefined && example === undefined && dynamic !== 'true') return undefined
  const key = status && /^[2-5]\d\d$/.test(status) ? responseKey(status, operation) : undefined
  if (status !== undefined && !key)
    return { unknown: `code=${status}: ${operation.operationId} has ${operation.statuses.join(', ')}.` }
  const examples = operation.examples.filter((candidate) => !key || candidate.key === key)
  const named = examples.find(({ name }) => name === example)
  if (example !== undefined && !named) {
    const owner = status === undefined ? operation.operationId : `${operation.operationId} ${status}`
    const names = examples.map(({ name }) => name).join(', ') || 'no named example'
    return { unknown: `example=${example}: ${owner} has ${names}.` }
  }
  const code = status === undefined ? named?.status : Number(status)
  return {
    dynamic: dynamic === 'true',
    ...(code !== undefined && { code }),
    ...(example !== undefined && { exampleKey: example }),
    ...(seed !== undefined && { seed }),
  }
}

/** Preferences by name, as Prism reads them (RFC 7240): the first of a name counts, parameters after a `;` do not. */
function preferencesIn(header: string): Partial<Record<string, string>> {
  const preferences: Partial<Record<string, string>> = Object.create(null)
  for (const [preference] of header.matchAll(/(?:"[^"]*"?|[^,"])+/g)) {
    const [first = ''] = /(?:"[^"]*"?|[^;"])+/.exec(preference) ?? []
    const [name = '', ...value] = first.split('=')
    preferences[name.trim().toLowerCase()] ??= value
      .join('=')
      .trim()
      .replace(/^"(.*)"$/s, '$1')
  }
  return preferences
}

/** The first scenario that matches, in order of precedence, or the fallback. */
function findExample(operation: MockOperation, values: Values, body: unknown): MockExample | undefined {
  const scenario = operation.scenarios
    .filter(({ parameters }) => parameters.every((wanted) => isValue(wanted, values)))
    .find((candidate) => !candidate.body || isDeepStrictEqual(candidate.body.value, body))
  return scenario ?? operation.fallback
}

/** Whether a parameter of a request has the value that a scenario names. */
export const isValue = ({ name, in: place, value }: MockScenario['parameters'][number], values: Values): boolean =>
  isSame(value, rawValue(place, name, values))

/** Received values are strings, but Prism replaces items of lists by numbers and flags. */
function isSame(wanted: unknown, received: unknown): boolean {
  if (Array.isArray(received))
    return (
      Array.isArray(wanted) && wanted.length === received.length && received.every((item, i) => isSame(wanted[i], item))
    )
  return typeof wanted === 'number' ? Number(received) === wanted : `${wanted}` === `${received}`
}

const selectionOf = (example: MockExample | undefined): ResponseSelection =>
  example ? { code: example.status, exampleKey: example.name, dynamic: false } : { dynamic: false }

/** The contract's response with a status: its first example if it has one. */
export const responseWithStatus = (operation: MockOperation, status: number): MockResponse =>
  makeResponse(operation, { code: status, dynamic: false })

/** Prism's response with an example is always the same, so it is made once. */
const responseCache = new Map<MockOperation, Map<string, MockResponse>>()

function makeResponse(operation: MockOperation, selection: ResponseSelection): MockResponse {
  if (selection.dynamic) return randomResponse(operation, selection)
  const responses = responseCache.get(operation) ?? new Map<string, MockResponse>()
  responseCache.set(operation, responses)
  const key = `${selection.code} ${selection.exampleKey}`
  const response = responses.get(key) ?? fromPrism(prismResponse(operation.prism, selection), selection)
  responses.set(key, response)
  return response
}

/** Random data sometimes breaks a limit or a pattern. Then it is made again, with seeds derived from the first. */
function randomResponse(operation: MockOperation, selection: ResponseSelection): MockResponse {
  // Without a seed, Prism would continue with that of an earlier response.
  const seed = selection.seed ?? `${Math.random()}`
  for (let attempt = 0; attempt < 20; attempt++) {
    const made = prismResponse(operation.prism, { ...selection, seed: attempt === 0 ? seed : `${seed}.${attempt}` })
    if ('reason' in made || !hasBody(made.status, operation) || matchesSchema(operation.prism, made))
      return fromPrism(made, selection)
  }
  return problem('no-response', 'No random data was found that matches the schema. Use an example instead.')
}

function fromPrism(made: ReturnType<typeof prismResponse>, { exampleKey }: ResponseSelection): MockResponse {
  if ('reason' in made) return problem('no-response', made.reason)
  const { status, text } = made
  const named = Object.entries(made.headers).map(([name, value]) => [name.toLowerCase(), `${value}`] as const)
  // Prism sends a media type even without a body.
  const entries = named.filter(([name]) => text !== '' || name !== 'content-type')
  const headers = { ...Object.fromEntries(entries), ...(exampleKey !== undefined && { 'mock-scenario': exampleKey }) }
  return isBodiless(status) ? { status, headers, body: undefined } : responseWith(status, headers, text)
}
