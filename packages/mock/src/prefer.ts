import { type NamedAnswer, type Operation, responseKey } from './contract.ts'
import type { Wish } from './prism.ts'

interface Preference {
  readonly wish?: Wish
  /** The example that the wish names. */
  readonly example?: NamedAnswer
  readonly unknown?: string
}

/**
 * Reads what a `Prefer` header asks of the mock: `code`, `example`, `dynamic` and `seed`. Other preferences are not ours.
 *
 * @returns what to ask of Prism, or why it cannot be had
 */
export function readPreference(header: string | undefined, operation: Operation): Preference {
  if (header === undefined) return {}
  const { code, example, dynamic, seed } = preferencesIn(header)
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false')
    return { unknown: `dynamic=${dynamic}: it is true or false.` }
  if (code === undefined && example === undefined && dynamic !== 'true') return {}
  const status = code && /^[2-5]\d\d$/.test(code) ? responseKey(code, operation) : undefined
  if (code !== undefined && !status) {
    return { unknown: `code=${code}: ${operation.operationId} has ${operation.statuses.join(', ')}.` }
  }
  const answers = operation.answers.filter((answer) => !status || answer.status === status)
  const named = answers.find(({ name }) => name === example)
  if (example !== undefined && !named) {
    const under = code === undefined ? operation.operationId : `${operation.operationId} ${code}`
    return {
      unknown: `example=${example}: ${under} has ${answers.map(({ name }) => name).join(', ') || 'no named example'}.`,
    }
  }
  const wanted = code === undefined ? named?.code : Number(code)
  return {
    ...(named && { example: named }),
    wish: {
      dynamic: dynamic === 'true',
      ...(wanted !== undefined && { code: wanted }),
      ...(example !== undefined && { exampleKey: example }),
      ...(seed !== undefined && { seed }),
    },
  }
}

/** Preferences by name, as Prism reads them (RFC 7240): the first of a name holds, and what follows a `;` is none. */
function preferencesIn(header: string): Partial<Record<string, string>> {
  const asked: Partial<Record<string, string>> = {}
  for (const [preference] of header.matchAll(/(?:"[^"]*"?|[^,"])+/g)) {
    const [first = ''] = /(?:"[^"]*"?|[^;"])+/.exec(preference) ?? []
    const [name = '', ...value] = first.split('=')
    asked[name.trim().toLowerCase()] ??= value
      .join('=')
      .trim()
      .replace(/^"(.*)"$/s, '$1')
  }
  return asked
}
