import type { Redact } from './redact.ts'

/** The fields of anything that was thrown. */
const fieldsOf = (thrown: unknown): Readonly<Record<string, unknown>> => Object(thrown)

/**
 * A new error with the messages and the code found along the causes of a failure. The failure itself may contain the
 * request with its headers.
 */
export function describeFailure(failure: unknown, redact: Redact): Error {
  const messages: string[] = []
  let code: unknown
  // Not by class: in a test runner the error may come from another realm.
  for (let at = fieldsOf(failure); 'message' in at && messages.length < 5; at = fieldsOf(at.cause)) {
    const { message, errors } = at
    const inside = Array.isArray(errors) ? errors.map((error) => fieldsOf(error).message).join(', ') : ''
    messages.push(String(message || inside || at.code || at.name))
    code = at.code ?? code
  }
  return Object.assign(new Error(redact(messages.join(': '))), code && { code: redact(String(code)) })
}

/** Codes of TLS failures before a request is written. The alerts that TLS 1.3 sends later are not among them. */
const handshake =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT_|ERR_SSL_(WRONG_VERSION|TLSV1_ALERT_PROTOCOL|SSLV3_ALERT_HANDSHAKE))/

/** Codes for no connection, a header that Node does not write, and a mock of `fetch` without a matching handler. */
const codes =
  /^(ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|ERR_NOCK_NO_MATCH|UND_(ERR_(CONNECT_TIMEOUT|INVALID_ARG|NOT_SUPPORTED)|MOCK_ERR_MOCK_NOT_MATCHED))$/

/**
 * Messages without a code: a port that `fetch` blocks, Deno, Bun, a proxy that opened no tunnel, arguments that `fetch`
 * cannot read, fetch-mock and MSW.
 */
const messages =
  /^bad port$|client error \(Connect\)|before secure TLS connection was established|^Proxy response \(\d+\) !== 200 when HTTP Tunneling$|^(RequestInit|Request constructor|Failed to construct 'Request'): |^fetch-mock: No |^\[MSW\] Cannot bypass /

/**
 * Whether a failure proves that the request was not sent. Node and Bun report a system call or code, Deno a message or
 * name. workerd and browsers report nothing.
 */
export function provesNotSent(failure: unknown, depth = 5): boolean {
  const { code, name, syscall, message, errors, cause } = fieldsOf(failure)
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    name === 'NotCapable' ||
    handshake.test(String(code)) ||
    codes.test(String(code)) ||
    messages.test(String(message)) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every((error) => provesNotSent(error, 0))) ||
    (depth > 0 && provesNotSent(cause, depth - 1))
  )
}
