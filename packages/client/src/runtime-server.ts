import { host } from './environment.ts'
import { fieldsOf } from './redact.ts'
import type { Connection, Runtime } from './runtime.ts'

/**
 * A connection for one request. Bun and Deno send a GET again, unseen, when the server drops a connection that was used
 * before, so they are kept from reusing one. Node does not send again. workerd does, from 2026-11-17 on, and has no option
 * that would keep it from that.
 */
function ownConnection(): Connection {
  const client = host.Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0 })
  return client ? { init: { client }, release: () => client.close() } : { init: { keepalive: false } }
}

/** Failures of TLS before any request is written. The alerts that TLS 1.3 sends later are not among them. */
const handshake =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT_|ERR_SSL_(WRONG_VERSION|TLSV1_ALERT_PROTOCOL|SSLV3_ALERT_HANDSHAKE))/

/** No connection, or a header that Node refuses to write. */
const unsent =
  /^(ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|UND_ERR_(CONNECT_TIMEOUT|INVALID_ARG|NOT_SUPPORTED))$/

const messages = /^bad port$|client error \(Connect\)|before secure TLS connection was established/

/**
 * Whether a runtime's failure proves that the request was not sent. Node and Bun tell by system call or code, Deno by
 * message; workerd and browsers do not tell.
 */
function provesNotSent(failure: unknown, depth = 5): boolean {
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

/** Node, Bun, Deno and Workers. */
export const serverRuntime: Runtime = { ownConnection, provesNotSent }
