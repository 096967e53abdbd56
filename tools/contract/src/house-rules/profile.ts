import type { Oas3Rule, Source } from '@redocly/openapi-core'
import type { Refusal } from '../profile/node.ts'
import { refusalsOf } from '../profile/refusals.ts'

const known = new WeakMap<object, Refusal[]>()

/** The refusals of a document, found once however many rules ask. */
export function refusalsIn(root: object, source: Source): Refusal[] {
  const refusals = known.get(root) ?? refusalsOf(root, source)
  known.set(root, refusals)
  return refusals
}

/** The refusals that generation begins with, for editors, at the same places. */
export const profile: Oas3Rule = () => ({
  Root(root, { location, report }) {
    for (const { line, col, message } of refusalsIn(root, location.source))
      report({
        message: `${message}. See spec/README.md#profile`,
        location: { source: location.source, start: { line, col } },
      })
  },
})
