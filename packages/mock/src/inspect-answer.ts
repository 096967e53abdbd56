import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { type Operation, responseKey, typesOffered } from './contract.ts'
import type { Forwarded } from './forward.ts'
import { findingsInResponse } from './prism.ts'
import { allowedBy, inBody, parameterName, readBody, type Violation } from './violations.ts'

/** Everything in which an answer breaks the contract. */
export function findAnswerViolations(operation: Operation, method: string, answer: Forwarded): Violation[] {
  const { prism, statuses } = operation
  const { status } = answer
  if (!responseKey(status, operation)) return [{ where: 'status', came: String(status), allowed: statuses.join(', ') }]
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
  const offered = typesOffered(status, operation)
  const comesWithBody = offered.length > 0 && method !== 'HEAD' && status !== 204
  if (comesWithBody && answer.body.length === 0) return [{ where: 'body', allowed: offered.join(', ') }]
  const body = readBody(headers, decoded(answer.body, headers['content-encoding']))
  if (body.malformed) return [body.malformed]
  const found = findingsInResponse(prism, { statusCode: status, headers, body: body.value })
  const isOtherType = found.some(({ path }) => path.length === 0)
  return found
    .filter(({ path: [start] }) => start === 'header' || (comesWithBody && !(isOtherType && start === 'body')))
    .map(({ path: [start, ...rest], message }) => {
      if (start === 'body') return inBody(rest, message, body.value)
      if (start === 'header') return { where: `header ${parameterName(rest, message)}`, allowed: allowedBy(message) }
      return { where: 'header content-type', came: headers['content-type'] ?? 'nothing', allowed: offered.join(', ') }
    })
}

/** Only the plain form is asked for, but not every server listens. */
function decoded(body: Buffer, encoding: string | undefined): Buffer {
  const decode = { gzip: gunzipSync, br: brotliDecompressSync, deflate: inflateSync }[encoding ?? '']
  try {
    return decode ? decode(body) : body
  } catch {
    return body
  }
}
