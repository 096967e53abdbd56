import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Results of the probe in a runtime, by the name of each call. */
export type Facts = Readonly<Record<string, unknown>>

const file = (name: string) => join(import.meta.dirname, `../../runtimes/${name}.json`)

export const readSnapshot = (name: string): Facts => JSON.parse(readFileSync(file(name), 'utf8'))

export const writeSnapshot = (name: string, facts: Facts): void =>
  writeFileSync(file(name), `${JSON.stringify(facts, null, 2)}\n`)

/** One line for each fact that differs from the snapshot. */
export function differences(snapshot: Facts, observed: Facts): string[] {
  return Object.keys({ ...snapshot, ...observed })
    .filter((name) => snapshot[name] !== observed[name])
    .map((name) => `${name}: expected ${snapshot[name]}, observed ${observed[name]}`)
}
