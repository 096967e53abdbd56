import type { MockOperation } from './contract.ts'
import type { MockRequest } from './message.ts'
import type { Finding } from './violation.ts'

const challenges = { basic: 'Basic realm="mock", charset="UTF-8"', bearer: 'Bearer realm="mock"', none: '' }

/** The value of `WWW-Authenticate`: each authentication scheme. */
export const challenge = ({ security }: MockOperation): string =>
  [...new Set(security.map((kind) => challenges[kind]))].filter(Boolean).join(', ')

const wellFormed = {
  basic: 'Basic and the base64 of user:password',
  bearer: 'Bearer and a token',
  none: 'no header',
}

/**
 * The finding for a request whose credentials match none of the operation's authentication schemes. Any well-formed credentials
 * match. Where they are optional, malformed ones are still rejected. The finding contains nothing of the credentials.
 */
export function rejectedCredentials(
  { security }: MockOperation,
  { authorization }: MockRequest['headers'],
): Finding | undefined {
  const matches = security.map((kind) =>
    kind === 'none' ? authorization === undefined : isWellFormed(kind, authorization),
  )
  if (matches.length === 0 || matches.includes(true)) return undefined
  return {
    location: 'header authorization',
    ...(authorization && { received: 'malformed credentials' }),
    expected: security.map((kind) => wellFormed[kind]).join(', or '),
  }
}

function isWellFormed(kind: 'basic' | 'bearer', authorization = ''): boolean {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? []
  if (scheme.toLowerCase() !== kind) return false
  return kind === 'bearer' ? /^[\w.~+/-]+=*$/.test(value) : isBasicPair(value)
}

/**
 * Base64 of `user:password`, where the password may contain anything except control characters (RFC 7617). An empty half
 * means that an environment variable is not set.
 */
function isBasicPair(value: string): boolean {
  const bytes = Buffer.from(value, 'base64')
  return bytes.toString('base64') === value && /^[^:\p{Cc}]+:\P{Cc}+$/u.test(`${bytes}`)
}
