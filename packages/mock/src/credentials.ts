import type { MockOperation } from './contract.ts'
import type { Incoming } from './message.ts'
import type { Violation } from './violation.ts'

type Headers = Incoming['headers']

/**
 * Whether one of the ways in that the contract offers is taken. Any well-formed credential is a good one; where none is
 * needed, a malformed one is still wrong.
 */
export function isAuthorized({ security }: MockOperation, { authorization }: Headers): boolean {
  if (security.length === 0) return true
  return security.some((kind) => (kind === 'none' ? authorization === undefined : isWellFormed(kind, authorization)))
}

const challenges = { basic: 'Basic realm="mock", charset="UTF-8"', bearer: 'Bearer realm="mock"', none: '' }

/** The `WWW-Authenticate` header that names every way in. */
export const challenge = ({ security }: MockOperation): string =>
  [...new Set(security.map((kind) => challenges[kind]))].filter(Boolean).join(', ')

const wellFormed = {
  basic: 'authorization with Basic and the base64 of user:password',
  bearer: 'authorization with Bearer and a token',
  none: 'no authorization',
}

/** What the contract wants of a request that is not authorized, with nothing of what came. */
export const refusedCredentials = ({ security }: MockOperation, { authorization }: Headers): Violation => ({
  location: `${authorization === undefined ? 'missing' : 'unusable'} credentials`,
  expected: security.map((kind) => wellFormed[kind]).join(', or '),
})

function isWellFormed(kind: 'basic' | 'bearer', authorization = ''): boolean {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? []
  if (scheme.toLowerCase() !== kind) return false
  return kind === 'bearer' ? /^[\w.~+/-]+=*$/.test(value) : isBasicPair(value)
}

/**
 * Base64 of `user:password`, where the password may hold anything but control characters (RFC 7617). Where
 * half of it is empty, a variable is not set.
 */
function isBasicPair(value: string): boolean {
  const bytes = Buffer.from(value, 'base64')
  return bytes.toString('base64') === value && /^[^:\p{Cc}]+:\P{Cc}+$/u.test(`${bytes}`)
}
