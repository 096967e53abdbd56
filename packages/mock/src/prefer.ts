import { type MockExample, type MockOperation, responseKey } from './contract.ts'
import type { ResponseSelection } from './prism.ts'

/** The response that a `Prefer` header selects; or the reason why there is no such response. */
type Preference =
  | { readonly selection?: ResponseSelection; readonly example?: MockExample }
  | { readonly unknown: string }

/** Reads `code`, `example`, `dynamic` and `seed`. Other preferences are ignored. */
export function readPreference(header: string | undefined, operation: MockOperation): Preference {
  if (header === undefined) return {}
  const { code: status, example, dynamic, seed } = preferencesIn(header)
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false')
    return { unknown: `dynamic=${dynamic}: must be true or false.` }
  if (status === undefined && example === undefined && dynamic !== 'true') return {}
  const key = status && /^[2-5]\d\d$/.test(status) ? responseKey(status, operation) : undefined
  if (status !== undefined && !key)
    return { unknown: `code=${status}: ${operation.operationId} has ${operation.statuses.join(', ')}.` }
  const examples = operation.examples.filter((candidate) => !key || candidate.key === key)
  const named = examples.find(({ name }) => name === example)
  if (example !== undefined && !named) {
    const owner = status === undefined ? operation.operationId : `${operation.operationId} ${status}`
    const names = examples.map(({ name }) => name).join(', ') || 'no named example'
    return { unknown: `example=${example}: ${owner} has ${names}.` }
  }
  const code = status === undefined ? named?.status : Number(status)
  return {
    ...(named && { example: named }),
    selection: {
      dynamic: dynamic === 'true',
      ...(code !== undefined && { code }),
      ...(example !== undefined && { exampleKey: example }),
      ...(seed !== undefined && { seed }),
    },
  }
}

/** Preferences by name, as Prism reads them (RFC 7240): the first of a name counts, parameters after a `;` do not. */
function preferencesIn(header: string): Partial<Record<string, string>> {
  const preferences: Partial<Record<string, string>> = Object.create(null)
  for (const [preference] of header.matchAll(/(?:"[^"]*"?|[^,"])+/g)) {
    const [first = ''] = /(?:"[^"]*"?|[^;"])+/.exec(preference) ?? []
    const [name = '', ...value] = first.split('=')
    preferences[name.trim().toLowerCase()] ??= value
      .join('=')
      .trim()
      .replace(/^"(.*)"$/s, '$1')
  }
  return preferences
}
