import type { Example } from '@image-install-queue/contract'
import { codeSpan, fence, plain } from './markdown.ts'

/** An example of an answer, to be opened; one that is like an earlier one, as what differs in it. */
export function exampleText({ name, status, summary = '', value }: Example, before: readonly Example[]): string {
  const titled = (shown: string) => [shown, status, plain(summary)].filter(Boolean).join(' · ')
  const own = leaves(value)
  for (const other of before) {
    const differing = other.status === status ? differences(own, leaves(other.value)) : undefined
    const but = differing?.length ? `, but ${differing.join(', ')}` : ''
    if (differing) return `${titled(codeSpan(name))}: as ${codeSpan(other.name)}${but}.`
  }
  const title = titled(`<code>${plain(name)}</code>`)
  return `<details><summary>${title}</summary>\n\n${fence('json', JSON.stringify(value, null, 2))}\n\n</details>`
}

/** What a value holds, by its place in it. */
function leaves(value: unknown, place = ''): ReadonlyMap<string, string> {
  const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (entries.length === 0) return new Map([[place, JSON.stringify(value)]])
  const within = (name: string) => (Array.isArray(value) ? `${place}[${name}]` : place ? `${place}.${name}` : name)
  return new Map(entries.flatMap(([name, one]) => [...leaves(one, within(name))]))
}

/** What differs, where both have values in the same places and most of them are the same, so that it says it all. */
function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] | undefined {
  if ([...one.keys()].join() !== [...other.keys()].join()) return undefined
  const differing = [...one].filter(([place, text]) => other.get(place) !== text)
  return differing.length * 2 > one.size ? undefined : differing.map(([place, text]) => codeSpan(`${place}: ${text}`))
}
