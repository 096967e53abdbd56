/** Failures of TLS that come before any request is written. Alerts that TLS 1.3 sends later are not among them. */
const handshakeCodes =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS_CERT_ALTNAME|ERR_SSL_(WRONG_VERSION|PACKET_LENGTH|UNSUPPORTED_PROTO|NO_PROTOCOLS|TLSV1_ALERT_PROTOCOL|SSLV3_ALERT_HANDSHAKE))/

const neverConnected =
  /^(ConnectionRefused|FailedToOpenSocket|UND_ERR_CONNECT_TIMEOUT|ENOTFOUND|EAI_AGAIN|ECONNREFUSED)$/

const messages = /^bad port$|client error \(Connect\)|before secure TLS connection was established/

/**
 * Whether a runtime's failure proves that the request was not sent. Node and Bun tell by code or system call, Deno by
 * message; workerd and browsers do not tell.
 */
export function provesNotSent(failure: unknown, depth = 0): boolean {
  if (typeof failure !== 'object' || failure === null || depth > 3) return false
  const { code, syscall, message, errors, cause } = failure as Partial<Record<string, unknown>>
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true
  if (typeof code === 'string' && (handshakeCodes.test(code) || neverConnected.test(code))) return true
  if (typeof message === 'string' && messages.test(message)) return true
  if (Array.isArray(errors) && errors.length > 0) return errors.every((error) => provesNotSent(error, depth + 1))
  return provesNotSent(cause, depth + 1)
}
