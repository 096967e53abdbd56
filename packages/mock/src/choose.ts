import { isDeepStrictEqual } from 'node:util'
import { hasBody, type MockExample, type MockOperation } from './contract.ts'
import { isBodiless, type Reply, replyWith } from './message.ts'
import { readPreference } from './prefer.ts'
import { acceptsJson, fitsResponse, type PrismRequest, prismReply, type Wish } from './prism.ts'
import { problem } from './problem.ts'
import type { Sequences } from './sequences.ts'
import { isValue, type Values } from './values.ts'

/** A reply, and the example that it is. */
export interface Choice {
  readonly reply: Reply
  readonly example?: string
}

/** The reply to a valid request: what `Prefer` asks for, else the scenario that its values choose, else the fallback. */
export function chooseReply(
  operation: MockOperation,
  request: PrismRequest,
  values: Values,
  sequences: Sequences,
): Choice {
  const { prefer, accept } = values.header
  const preference = readPreference(prefer, operation)
  if ('unknown' in preference) {
    const known = { statuses: operation.statuses, examples: operation.examples.map(({ name }) => name) }
    return { reply: problem('unknown-preference', preference.unknown, known) }
  }
  const { wish } = preference
  const found = wish ? undefined : (findScenario(operation, values, request.body) ?? operation.fallback)
  const takesJson = accept === undefined || acceptsJson(accept)
  const chosen = preference.example ?? (found && takesJson ? sequences.step(operation, found) : found)
  const asked = wish ?? (chosen ? { code: chosen.status, exampleKey: chosen.name, dynamic: false } : { dynamic: false })
  const reply = makeReply(operation, request, asked)
  if (!takesJson && reply.body !== undefined && !reply.isProblem)
    return { reply: problem('not-acceptable', 'Offered are: application/json.') }
  return { reply, ...(chosen && { example: chosen.name }) }
}

/** The first scenario whose values are those of the request; scenarios stand in their order of precedence. */
const findScenario = (operation: MockOperation, values: Values, body: unknown): MockExample | undefined =>
  operation.scenarios
    .filter((scenario) => scenario.parameters.every((wanted) => isValue(wanted, values)))
    .find((scenario) => !scenario.body || isDeepStrictEqual(scenario.body.value, body))

/** The contract's reply with a status: its first example if it has one. */
export const statusReply = (operation: MockOperation, request: PrismRequest, status: number): Reply =>
  makeReply(operation, request, { code: status, dynamic: false })

/** What Prism makes of an example depends on nothing else, so it is made once. */
const made = new Map<MockOperation, Map<string, Reply>>()

function makeReply(operation: MockOperation, request: PrismRequest, wish: Wish): Reply {
  if (wish.dynamic) return randomReply(operation, request, wish)
  const replies = made.get(operation) ?? new Map<string, Reply>()
  made.set(operation, replies)
  const key = `${wish.code} ${wish.exampleKey}`
  const reply = replies.get(key) ?? replyFrom(prismReply(operation.prism, request, wish), wish)
  replies.set(key, reply)
  return reply
}

/** Random data now and then breaks a bound or a pattern: then others are made, of seeds that follow from the first. */
function randomReply(operation: MockOperation, request: PrismRequest, wish: Wish): Reply {
  // Prism goes on with the seed of an earlier answer where it is given none.
  const seed = wish.seed ?? `${Math.random()}`
  for (let attempt = 0; attempt < 20; attempt++) {
    const reply = prismReply(operation.prism, request, { ...wish, seed: attempt === 0 ? seed : `${seed}.${attempt}` })
    if ('reason' in reply || !hasBody(reply.status, operation) || fitsResponse(operation.prism, reply))
      return replyFrom(reply, wish)
  }
  return problem('no-answer', 'No random data was found that fits the schema. Ask for an example instead.')
}

function replyFrom(prism: ReturnType<typeof prismReply>, { exampleKey }: Wish): Reply {
  if ('reason' in prism) return problem('no-answer', prism.reason)
  const { status, text } = prism
  const entries = Object.entries(prism.headers).flatMap(([name, value]): [string, string][] =>
    // Prism names a type of what has no body, too.
    value == null || (text === '' && /^content-type$/i.test(name)) ? [] : [[name.toLowerCase(), `${value}`]],
  )
  const headers = { ...Object.fromEntries(entries), ...(exampleKey !== undefined && { 'mock-scenario': exampleKey }) }
  return isBodiless(status) ? { status, headers, body: undefined } : replyWith(status, headers, text)
}
