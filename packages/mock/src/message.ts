/** A request as the mock sees it, whichever way it came. */
export interface Incoming {
  /** Upper case. */
  readonly method: string
  /** Path and query, or a whole URL. */
  readonly target: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

/** Builds an answer whose body is a text. */
export function answerWith(
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string | undefined,
): Answer {
  const body = text === undefined ? undefined : Buffer.from(text)
  return { status, headers: body ? { ...headers, 'content-length': String(body.length) } : headers, body }
}

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return answerWith(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value))
}
