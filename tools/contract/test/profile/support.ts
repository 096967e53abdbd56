import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDocumentFromString } from '@redocly/openapi-core'
import type { Refusal } from '../../src/profile/node.ts'
import { refusalsOf } from '../../src/profile/refusals.ts'

/** A contract inside the profile that uses nearly all of it. */
export const garden = readFileSync(join(import.meta.dirname, '../fixtures/garden.yaml'), 'utf8')
/** The real contract. */
export const real = readFileSync(join(import.meta.dirname, '../../../../spec/openapi.yaml'), 'utf8')

export function refusals(text: string): Refusal[] {
  const { parsed, source } = makeDocumentFromString(text, 'contract.yaml')
  return refusalsOf(parsed, source)
}

/** An edit of the garden: a text of it, and what stands there instead. A `«` marks where the refusal is due. */
export type Edit = readonly [from: string, to: string, says: string]

/** What is refused after an edit, and what should be, both as `line:column: message`. */
export function afterEdit([from, to, says]: Edit): { found: string[]; due: string[] } {
  if (!garden.includes(from)) throw new Error(`The garden has no ${from}`)
  const marked = garden.replace(from, () => to)
  const before = marked.slice(0, marked.indexOf('«')).split('\n')
  return {
    found: refusals(marked.replace('«', '')).map(({ line, col, message }) => `${line}:${col}: ${message}`),
    due: [`${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${says}`],
  }
}
