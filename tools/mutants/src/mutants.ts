/** A changed condition: text that stands exactly once in a file, and what it becomes. */
export interface Mutant {
  /** The test project that must notice. */
  readonly project: 'client' | 'mock'
  /** Parts of the names of the test files that are asked first. */
  readonly near: readonly string[]
  readonly file: string
  readonly find: string
  readonly replace: string
}

const mutants =
  (project: Mutant['project']) =>
  (file: string, near: readonly string[], changes: readonly (readonly [find: string, replace: string])[]): Mutant[] =>
    changes.map(([find, replace]) => ({ project, near, file: `packages/${project}/src/${file}`, find, replace }))
const inClient = mutants('client')
const inMock = mutants('mock')

/** Mutants by what they break. */
export const areas: Readonly<Record<string, readonly Mutant[]>> = {
  retry: [
    ...inClient(
      'retry.ts',
      ['retry'],
      [
        ['repeats: () => false', 'repeats: () => true'],
        ['error.status === 408 ||', 'error.status === 409 ||'],
        ['error.status === 429', 'error.status === 428'],
        ['error.status >= 500', 'error.status > 500'],
        [': error instanceof UnknownOutcomeError', ': false'],
        ['error.retryAfterMs ?? Math', 'Math'],
        ['Math.min(8_000,', 'Math.min(80_000,'],
        ['500 * 2 ** attempt', '500 * 9 ** attempt'],
        ['* 1_000', '* 1'],
        ['Math.max(0, ms)', 'ms'],
      ],
    ),
    ...inClient(
      'call.ts',
      ['retry', 'sent-once', 'answers', 'unknown', 'not-sent'],
      [
        ['attempt < maxRetries &&', 'attempt <= maxRetries &&'],
        ['wait < whole.left() &&', ''],
        ['(error instanceof NotSentError || policy.repeats(error))', 'true'],
        ['maxRetries = call.options.maxRetries ?? 2', 'maxRetries = call.options.maxRetries ?? 3'],
      ],
    ),
    ...inClient('transport.ts', ['answers', 'request-writing'], [["redirect: 'manual'", "redirect: 'follow'"]]),
  ],
  outcome: [
    ...inClient(
      'call.ts',
      ['retry', 'sent-once', 'answers', 'unknown', 'not-sent'],
      [
        ['(end ? sent :', '(end ? !sent :'],
        ['answered || !runtime', '!runtime'],
      ],
    ),
    ...inClient(
      'answer.ts',
      ['answers', 'any-answer'],
      [
        ['status === 408 || status >= 500', 'status >= 500'],
        ["status >= 500 ? 'unknown'", "status > 500 ? 'unknown'"],
        ['status < 300', 'status <= 300'],
        ['if (ok && !envelope)', 'if (ok)'],
      ],
    ),
    ...inClient(
      'runtime-server.ts',
      ['not-sent', 'unknown'],
      [
        ["syscall === 'connect' ||", ''],
        ["syscall === 'getaddrinfo' ||", ''],
        ['^bad port$|', ''],
        ['handshake.test(String(code)) ||', ''],
        ['errors.every((error)', 'errors.some((error)'],
      ],
    ),
  ],
  errors: [
    ...inClient(
      'answer.ts',
      ['answers', 'any-answer'],
      [
        ['.slice(0, keptLimit)', ''],
        ['when.some((entry)', 'when.every((entry)'],
        ['type === typeOf(json.value)', 'true'],
        ['const errorLimit = 64 * 1024', 'const errorLimit = 64 * 1024 * 1024'],
      ],
    ),
    ...inClient(
      'redact.ts',
      ['secrecy', 'leaks'],
      [
        ['length > 3)', 'length > 300)'],
        ['[encodeURIComponent(secret), ', '['],
        ['start.length > 7 &&', 'start.length > 70 &&'],
      ],
    ),
    ...inClient(
      'hosts.ts',
      ['credentials'],
      [
        ["protocol === 'http:' &&", "protocol === 'https:' &&"],
        ['isBrowser() && !dangerouslyAllowBrowser', 'isBrowser() && dangerouslyAllowBrowser'],
      ],
    ),
  ],
  auth: [
    ...inClient(
      'auth.ts',
      ['credentials'],
      [
        ['[^\\p{Cc}\\p{Cs}:]+$/u', '[^\\p{Cc}\\p{Cs}]+$/u'],
        ['/^[^\\p{Cc}\\p{Cs}]+$/u', '/^[^]+$/u'],
        ['/^[!-~]+$/', '/^[ -~]+$/'],
        ["texts.join(':')", "texts.join('')"],
        ['byOption.length > 0 ? byOption :', ''],
        ['if (requires && lookup', 'if (!requires && lookup'],
        ['if (fixed) known.set', 'if (!fixed) known.set'],
      ],
    ),
  ],
  'scenario choice': [
    ...inMock(
      'scenario.ts',
      ['scenarios', 'other-contract'],
      [
        ['scenario.parameters.every(', 'scenario.parameters.some('],
        ['(!scenario.body || isDeepStrictEqual(scenario.body.value, body))', 'true'],
        ["typeof wanted === 'number' ? Number(came) === wanted :", ''],
      ],
    ),
    ...inMock('answer.ts', ['prefer'], [['preference.example ??', '']]),
    ...inMock(
      'prefer.ts',
      ['prefer'],
      [
        ['!status || answer.status === status', 'true'],
        ["dynamic === 'true',", 'false,'],
      ],
    ),
  ],
  strictness: [
    ...inMock(
      'violations.ts',
      ['strict'],
      [
        ['...unknownQuery(operation, values),', ''],
        ['!/^(0|-?[1-9]\\d*)$/.test(value) ||', ''],
        ['|| !Number.isSafeInteger(Number(value))', ''],
        ['Array.isArray(raw) && types.length > 0 &&', 'false &&'],
      ],
    ),
    ...inMock(
      'credentials.ts',
      ['credentials', 'other-contract'],
      [
        ['way.every((credential)', 'way.some((credential)'],
        ["bytes.includes(':') &&", ''],
        ['byte >= 0x20 &&', ''],
      ],
    ),
    ...inMock('nearest.ts', ['strict'], [['edits <= 2 &&', 'edits <= 20 &&']]),
    ...inMock('handler.ts', ['credentials'], [['if (!isAuthorized)', 'if (isAuthorized)']]),
  ],
}
