import type { Scrub } from './redact.ts'

/** What can be read of anything that was thrown. */
const fieldsOf = (thrown: unknown): Readonly<Record<string, unknown>> => Object(thrown)

/**
 * What a runtime says about a failure, as a new error with the messages and the code found along its causes. The failure
 * itself may hold the request with its headers.
 */
export function describeFailure(failure: unknown, scrub: Scrub): Error {
  const messages: string[] = []
  let code: unknown
  // Not by class: a test runner's errors may be of another realm.
  for (let at = fieldsOf(failure); 'message' in at && messages.length < 5; at = fieldsOf(at.cause)) {
    const { message, errors } = at
    const inside = Array.isArray(errors) ? errors.map((error) => fieldsOf(error).message).join(', ') : ''
    messages.push(String(message || inside || at.code || at.name))
    code = at.code ?? code
  }
  return Object.assign(new Error(scrub(messages.join(': '))), code && { code: scrub(String(code)) })
}

/** Failures of TLS before any request is written. The alerts that TLS 1.3 sends later are not among them. */
const handshake =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT_|ERR_SSL_(WRONG_VERSION|TLSV1_ALERT_PROTOCOL|SSLV3_ALERT_HANDSHAKE))/

/** No connection, or a header that Node refuses to write. */
const unsent =
  /^(ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|UND_ERR_(CONNECT_TIMEOUT|INVALID_ARG|NOT_SUPPORTED))$/

/** A port that fetch blocks, Deno's words, Bun's, and those of a proxy that opened no tunnel. */
const messages =
  /^bad port$|client error \(Connect\)|before secure TLS connection was established|^Proxy response \(\d+\) !== 200 when HTTP Tunneling$/

/**
 * Whether a runtime's failure proves that the request was not sent. Node and Bun tell by system call or code, Deno by
 * message; workerd and browsers do not tell.
 */
export function provesNotSent(failure: unknown, depth = 5): boolean {
  const { code, syscall, message, errors, cause } = fieldsOf(failure)
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    handshake.test(String(code)) ||
    unsent.test(String(code)) ||
    messages.test(String(message)) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every((error) => provesNotSent(error, 0))) ||
    (depth > 0 && provesNotSent(cause, depth - 1))
  )
}
