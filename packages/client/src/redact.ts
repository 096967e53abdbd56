/**
 * Text without the secrets in it, as they are and escaped for an address or for JSON. Those shorter than four characters
 * would hit ordinary words, and protect nothing.
 */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret.length > 3)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .flatMap((secret) => [secret, secret.replaceAll('/', '\\/')])
    // One secret may be a part of another.
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text)

/**
 * What a runtime says about a failure, as a new error with the messages and the code found along its causes. The failure
 * itself may hold the request with its headers.
 */
export function describeFailure(failure: unknown, secrets: readonly string[]): Error {
  const messages: string[] = []
  let code: unknown
  // Not by class: a test runner's errors may be of another realm.
  for (let at = fieldsOf(failure); 'message' in at && messages.length < 5; at = fieldsOf(at.cause)) {
    const { message, errors } = at
    messages.push(
      String(message || (Array.isArray(errors) && errors.map((error) => fieldsOf(error).message).join(', '))),
    )
    code = at.code ?? code
  }
  return Object.assign(
    new Error(withoutSecrets(messages.join(': '), secrets)),
    code && { code: withoutSecrets(String(code), secrets) },
  )
}

/** What can be read of anything that was thrown. */
export const fieldsOf = (thrown: unknown): Readonly<Record<string, unknown>> => Object(thrown)
