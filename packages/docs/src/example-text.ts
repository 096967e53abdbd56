import type { Example } from '@image-install-queue/contract'
import { code, fence, plain } from './markdown.ts'

/** An example of an answer, to be opened; one that is like an earlier one, as what differs in it. */
export function exampleText(example: Example, before: readonly Example[]): string {
  const { name, status, summary, value } = example
  const own = leaves(value)
  const like = before.find((other) => other.status === status && areAlike(leaves(other.value), own))
  if (like) {
    const given = leaves(like.value)
    const differing = [...own].filter(([place, text]) => given.get(place) !== text)
    const told = differing.map(([place, text]) => code(`${place}: ${text}`)).join(', ')
    return `${code(name)} · ${status} · ${plain(summary ?? '')}: as ${code(like.name)}, but ${told}.`
  }
  const title = [`<code>${plain(name)}</code>`, status, plain(summary ?? '')].filter(Boolean).join(' · ')
  return `<details><summary>${title}</summary>\n\n${fence('json', JSON.stringify(value, null, 2))}\n\n</details>`
}

/** What a value holds, by its place in it. */
function leaves(value: unknown, place = ''): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[place, JSON.stringify(value)]])
  const entries = Array.isArray(value)
    ? value.map((one, index): [string, unknown] => [`${place}[${index}]`, one])
    : Object.entries(value).map(([name, one]): [string, unknown] => [place ? `${place}.${name}` : name, one])
  return new Map(entries.flatMap(([at, one]) => [...leaves(one, at)]))
}

/** Whether both have values in the same places, most of them the same, so that differences say it all. */
function areAlike(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  const differing = [...one].filter(([place, text]) => other.get(place) !== text).length
  return (
    one.size > 1 && [...one.keys()].join() === [...other.keys()].join() && differing > 0 && differing * 2 <= one.size
  )
}
