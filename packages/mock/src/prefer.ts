import { type NamedAnswer, type Operation, responseKey } from './contract.ts'
import type { Wish } from './prism.ts'

const spelling = /([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/gi

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
  const asked = Object.fromEntries(
    [...header.matchAll(spelling)].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare]),
  )
  const { code, example, dynamic, seed } = asked
  if (code === undefined && example === undefined && dynamic === undefined && seed === undefined) return {}
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false')
    return { unknown: `dynamic=${dynamic}: it is true or false.` }
  const status = code === undefined ? undefined : statusOf(code, operation)
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

/** The key of `responses` that a preferred status falls under. */
function statusOf(code: string, operation: Operation): string | undefined {
  return /^[2-5]\d\d$/.test(code) ? responseKey(code, operation) : undefined
}
