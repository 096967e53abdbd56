import type { Oas3Rule } from '@redocly/openapi-core'
import { profileErrors } from '../profile/check.ts'

/** Reports what is outside the profile, so that editors show it. `pnpm generate` reports the same before it generates. */
export const profile: Oas3Rule = () => ({
  Root(root, { location, report }) {
    for (const { line, col, message } of profileErrors(root, location.source))
      report({
        message: `${message}. See spec/README.md#profile`,
        location: { source: location.source, start: { line, col } },
      })
  },
})
