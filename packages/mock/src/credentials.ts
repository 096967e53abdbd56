import type { Credential, Operation } from './contract.ts'
import type { Incoming } from './message.ts'
import type { Violation } from './violations.ts'

type Headers = Incoming['headers']

/** Whether one of the ways in that the contract offers is taken. Any well-formed credential is a good one. */
export function isAuthorized({ security }: Operation, headers: Headers): boolean {
  return security.length === 0 || security.some((way) => way.every((credential) => isWellFormed(credential, headers)))
}

/** The `WWW-Authenticate` header that names every way in. */
export function challenge({ security }: Operation): string {
  const challenges = security
    .flat()
    .map((credential) =>
      credential.kind === 'apiKey'
        ? `ApiKey realm="mock", header="${credential.header}"`
        : credential.kind === 'basic'
          ? 'Basic realm="mock", charset="UTF-8"'
          : 'Bearer realm="mock"',
    )
  return [...new Set(challenges)].join(', ')
}

/** What the contract wants of a request that is not authorized, with nothing of what came. */
export function refusedCredentials({ security }: Pick<Operation, 'security'>, headers: Headers): Violation {
  const came = security.flat().some((credential) => headers[headerOf(credential)])
  const ways = security.map((way) => way.map(wellFormed).join(' and '))
  return { where: `${came ? 'unusable' : 'missing'} credentials`, allowed: ways.join(', or ') }
}

const headerOf = (credential: Credential) => (credential.kind === 'apiKey' ? credential.header : 'authorization')

function wellFormed(credential: Credential): string {
  const value = { basic: 'Basic and the base64 of user:password', bearer: 'Bearer and a token', apiKey: 'a key' }
  return `${headerOf(credential)} with ${value[credential.kind]}`
}

function isWellFormed(credential: Credential, headers: Headers): boolean {
  if (credential.kind === 'apiKey') return Boolean(headers[credential.header])
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(headers.authorization ?? '') ?? []
  if (scheme.toLowerCase() !== credential.kind) return false
  return credential.kind === 'bearer' ? /^[\w.~+/-]+=*$/.test(value) : isBasicPair(value)
}

/** Base64 of `user:password`, where the password may hold anything but control characters (RFC 7617). */
function isBasicPair(value: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false
  const bytes = Buffer.from(value, 'base64')
  return bytes.includes(':') && bytes.every((byte) => byte >= 0x20 && byte !== 0x7f)
}
