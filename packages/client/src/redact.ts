/** Removes secrets from text, also where they stand escaped. */
export type Scrub = (text: string) => string

export function scrubber(secrets: readonly string[]): Scrub {
  const forms = secrets
    // Shorter ones would hit ordinary words, and protect nothing.
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .sort((a, b) => b.length - a.length)
  return (text) => forms.reduce((clean, form) => clean.replaceAll(form, '[redacted]'), text)
}

/**
 * What a runtime says about a failure, as a new error: name, message and code along its causes. The thing itself may hold
 * a request with its headers.
 */
export function describeFailure(failure: unknown, scrub: Scrub, depth = 0): Error {
  const { name, message, code, cause } = read(failure)
  const inner = cause === undefined || depth > 3 ? undefined : { cause: describeFailure(cause, scrub, depth + 1) }
  const copy = new Error(scrub(message), inner)
  copy.name = scrub(name)
  return code === undefined ? copy : Object.assign(copy, { code: scrub(code) })
}

function read(failure: unknown): { name: string; message: string; code?: string; cause?: unknown } {
  if (typeof failure !== 'object' || failure === null) return { name: 'Error', message: String(failure) }
  const text = (key: string) => {
    const value: unknown = Reflect.get(failure, key)
    return typeof value === 'string' ? value : undefined
  }
  const code = text('code')
  const cause: unknown = Reflect.get(failure, 'cause')
  return {
    name: text('name') ?? 'Error',
    message: text('message') ?? '',
    ...(code && { code }),
    ...(cause ? { cause } : {}),
  }
}
