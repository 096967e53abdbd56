import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDocumentFromString } from '@redocly/openapi-core'
import { profileErrors } from '../../src/profile/check.ts'
import type { ProfileError } from '../../src/profile/errors.ts'

/** A contract inside the profile that uses nearly all of it. */
export const garden = readFileSync(join(import.meta.dirname, '../fixtures/garden.yaml'), 'utf8')
/** The fixed copy of the contract. */
export const installs = readFileSync(join(import.meta.dirname, '../fixtures/installs.yaml'), 'utf8')

export function errorsIn(text: string): ProfileError[] {
  const { parsed, source } = makeDocumentFromString(text, 'contract.yaml')
  return profileErrors(parsed, source)
}

/** An edit of the garden: a string in it, and its replacement. A `«` marks where an error is expected. */
export type Edit = readonly [from: string, to: string, advice: string]

/** Returns the errors after an edit without their standard parts, and those expected, both as `line:column: advice`. */
export function afterEdit([from, to, advice]: Edit): { found: string[]; expected: string[] } {
  if (!garden.includes(from)) throw new Error(`The garden has no ${from}`)
  const marked = garden.replace(from, () => to)
  const before = marked.slice(0, marked.indexOf('«')).split('\n')
  return {
    found: errorsIn(marked.replace('«', '')).map(({ line, col, message }) => {
      const own = message.replace(/^.* is outside the profile: |\. See spec.*$/g, '')
      return `${line}:${col}: ${own}`
    }),
    expected: [`${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${advice}`],
  }
}
