import type { Oas3Rule } from '@redocly/openapi-core'

/** Every body that can come back is shown by an example with a name: mock, documentation and tests choose by name. */
export const namedExamples: Oas3Rule = () => ({
  Response: {
    MediaType({ examples = {} }, { location, parentLocations, report }) {
      if (Object.keys(examples).length > 0) return
      const status = parentLocations.Response?.pointer.split('/').at(-1)
      report({
        message: `Response "${status}" has no named example. Add one under "examples".`,
        location: location.key(),
      })
    },
  },
})
