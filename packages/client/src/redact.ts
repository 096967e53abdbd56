/** Text without the secrets in it. Those shorter than four characters would hit ordinary words, and protect nothing. */
export const withoutSecrets = (text: string, secrets: readonly string[] = []): string =>
  secrets
    .filter((secret) => secret.length > 3)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text)

/**
 * What a runtime says about a failure, as a new error with the messages and the code found along its causes. The failure
 * itself may hold the request with its headers.
 */
export function describeFailure(failure: unknown, scrub: (text: string) => string): Error {
  const messages: string[] = []
  let code: unknown
  for (let at = failure; at instanceof Error && messages.length < 5; at = at.cause) {
    messages.push(at.message)
    code = Reflect.get(at, 'code') ?? code
  }
  return Object.assign(new Error(scrub(messages.join(': '))), code && { code: scrub(String(code)) })
}
