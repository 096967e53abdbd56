import { hasBody, type MockOperation, responseKey } from '../contract.ts'
import { isBodiless, reasonOf } from '../message.ts'
import { type Finding, findingsInResponse } from '../prism.ts'
import { allowedBy, inBody, listed, parameterName, type Violations } from '../violation.ts'
import { readBody } from '../violations.ts'
import { decoded } from './decode.ts'
import type { Forwarded } from './forward.ts'
import { type Scrub, scrubbed } from './scrub.ts'

/** Everything in which an answer breaks the contract. */
export const findReplyViolations: typeof find = (...call) => {
  try {
    return find(...call)
  } catch (error) {
    return { violations: [{ location: 'response', received: reasonOf(error), expected: 'what can be checked' }] }
  }
}

function find(operation: MockOperation, method: string, answer: Forwarded, scrub: Scrub): Violations {
  const { prism, statuses } = operation
  const { status } = answer
  if (!responseKey(status, operation))
    return { violations: [{ location: 'status', received: String(status), expected: statuses.join(', ') }] }
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
  // Prism stumbles over a semicolon that nothing follows.
  const type = headers['content-type']?.replace(/;\s*$/, '')
  if (type !== undefined) headers['content-type'] = type
  const offered = 'application/json'
  const comesWithBody = hasBody(status, operation) && method !== 'HEAD' && !isBodiless(status)
  if (comesWithBody && answer.body.length === 0) return { violations: [{ location: 'body', expected: offered }] }
  const plain = decoded(answer.body, headers['content-encoding'] && scrub(headers['content-encoding']))
  if ('location' in plain) return { violations: [plain] }
  const text = plain.toString()
  const body = readBody(headers, text)
  // The reason quotes the text.
  if (body.malformed)
    return { violations: [readBody(headers, scrub(text)).malformed ?? { location: 'body', expected: 'JSON' }] }
  const found = findingsInResponse(prism, { statusCode: status, headers, body: body.value })
  const isOtherType = found.some(({ path }) => path.length === 0)
  const relevant = found.filter(
    ({ path: [start] }) => start === 'header' || (comesWithBody && !(isOtherType && start === 'body')),
  )
  const rounded = comesWithBody && !isOtherType ? roundedIn(body.value) : []
  if (relevant.length + rounded.length === 0) return { violations: [] }
  const shown = scrubbed(body.value, scrub)
  return listed([...relevant, ...rounded], ({ path: [start, ...rest], message }) => {
    if (start === 'body') return inBody(rest.map(scrub), scrub(message), shown)
    if (start !== 'header')
      return { location: 'header content-type', received: scrub(type ?? 'nothing'), expected: offered }
    const name = parameterName(rest, message)
    // Unlike the rest, a header may hold what nobody should read.
    const received = headers[name.toLowerCase()] === undefined ? {} : { received: 'a wrong value' }
    return { location: `header ${name}`, ...received, expected: allowedBy(message) }
  })
}

/** JSON has no limit to an integer, but JavaScript rounds what is beyond its own. */
function roundedIn(value: unknown, path: readonly string[] = ['body']): Finding[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, item]) => roundedIn(item, [...path, name]))
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return []
  return [
    { path, keyword: 'type', message: 'it must be an integer that JavaScript holds exactly (it rounded this one)' },
  ]
}
