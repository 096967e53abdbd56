import type { ClientOption, Document, SecurityScheme } from '@image-install-queue/contract'

/** A credential of a scheme, and the option of the client that has it. */
export interface Secret extends ClientOption {
  /** Its role in the scheme. */
  readonly part: 'username' | 'password' | 'token'
}

/** The secrets of a scheme: user name and password, or a token. */
export function secretsOf({ scheme, 'x-client': own = {} }: SecurityScheme): Secret[] {
  const parts = scheme === 'basic' ? (['username', 'password'] as const) : (['token'] as const)
  return parts.map((part) => ({ part, ...(own[part] ?? { option: part }) }))
}

export const securitySchemes = ({ components }: Document): [name: string, scheme: SecurityScheme][] =>
  Object.entries(components?.securitySchemes ?? {})
