import { validateHeaderName, validateHeaderValue } from 'node:http'
import { type Operation, typesOffered } from './contract.ts'
import { type Answer, answerWith, isBodiless } from './message.ts'
import type { Values } from './parameters.ts'
import { readPreference } from './prefer.ts'
import { acceptableType, type PrismRequest, prismAnswer, type Wish } from './prism.ts'
import { problem } from './problem.ts'
import { findScenario } from './scenario.ts'

/** What Prism answered to a wish. It depends on nothing else, so it is made once. */
const kept = new WeakMap<Operation, Map<string, Answer>>()

/** Different `Accept` headers could fill the memory: beyond this many answers of one operation, it starts over. */
const limit = 500

/** The answer to a valid request: what `Prefer` asks for, else the scenario that the request's values choose. */
export function chooseAnswer(operation: Operation, request: PrismRequest, values: Values) {
  const preference = readPreference(values.header.prefer, operation)
  if (preference.unknown !== undefined) {
    const known = { statuses: operation.statuses, examples: operation.answers.map(({ name }) => name) }
    return { answer: problem('unknown-preference', preference.unknown, known) }
  }
  const chosen =
    preference.example ??
    (preference.wish
      ? undefined
      : findScenario(operation, values, request.body) || fallbackFor(operation, values.header.accept))
  const wish =
    preference.wish ??
    (chosen
      ? { code: chosen.code, exampleKey: chosen.name, dynamic: false }
      : { dynamic: false, ...(operation.fallback && { code: operation.fallback.code }) })
  return {
    answer: keptAnswer({ operation, request, wish, accept: values.header.accept, offered: chosen?.mediaTypes }),
    scenario: chosen?.name,
  }
}

/** None where the caller wants another type: the contract may have an answer in that one. */
function fallbackFor({ fallback }: Operation, accept = '*/*') {
  // What nearly every client sends need not be read.
  return fallback && (accept === '*/*' || acceptableType(fallback.mediaTypes, accept)) ? fallback : undefined
}

/** The contract's answer with a status, of whatever type: its first example if it has one. */
export function statusAnswer(operation: Operation, request: PrismRequest, code: number): Answer {
  return keptAnswer({ operation, request, wish: { code, dynamic: false } })
}

interface Ask {
  readonly operation: Operation
  readonly request: PrismRequest
  readonly wish: Wish
  readonly accept?: string | undefined
  readonly offered?: readonly string[] | undefined
}

function keptAnswer(ask: Ask): Answer {
  const { operation, wish, accept } = ask
  if (wish.dynamic) return makeAnswer(ask)
  const answers = kept.get(operation) ?? new Map<string, Answer>()
  kept.set(operation, answers)
  const key = JSON.stringify([wish.code, wish.exampleKey, accept])
  const before = answers.get(key)
  if (before) return before
  if (answers.size >= limit) answers.clear()
  const answer = makeAnswer(ask)
  answers.set(key, answer)
  return answer
}

function makeAnswer({ operation, request, wish, accept, offered }: Ask): Answer {
  const types = offered ?? (wish.code === undefined ? [] : typesOffered(wish.code, operation))
  const type = accept === undefined ? offered?.[0] : acceptableType(types, accept)
  if (types.length > 0 && accept !== undefined && type === undefined)
    return problem('not-acceptable', `Offered are: ${types.join(', ')}.`)
  const mediaTypes = type === undefined ? accept?.split(',') : [type]
  const made = prismAnswer(operation.prism, request, { ...wish, ...(mediaTypes && { mediaTypes }) })
  if ('reason' in made) return problem(made.status === 406 ? 'not-acceptable' : 'no-answer', made.reason)
  const headers = { ...made.headers, ...(wish.exampleKey !== undefined && { 'mock-scenario': wish.exampleKey }) }
  return isBodiless(made.status)
    ? { status: made.status, headers: sendable(headers), body: undefined }
    : answerWith(made.status, sendable(headers), made.text)
}

/** Header values come from the contract, which may hold what HTTP cannot send. */
function sendable(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    try {
      validateHeaderName(name)
      validateHeaderValue(name, String(value))
    } catch {
      return []
    }
    return [[name.toLowerCase(), String(value)] as const]
  })
  return Object.fromEntries(entries)
}
