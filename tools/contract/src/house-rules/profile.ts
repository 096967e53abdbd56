import type { Oas3Rule } from '@redocly/openapi-core'
import { refusalsOf } from '../profile/refusals.ts'

/** The refusals that generation begins with, for editors, at the same places. */
export const profile: Oas3Rule = () => ({
  Root(root, { location, report }) {
    for (const { line, col, message } of refusalsOf(root, location.source))
      report({
        message: `${message}. See spec/README.md#profile`,
        location: { source: location.source, start: { line, col } },
      })
  },
})
