import type { Oas3Rule } from '@redocly/openapi-core'

/** Every body that can come back is shown by an example with a name: mock, documentation and tests choose by name. */
export const namedAnswers: Oas3Rule = () => ({
  Response: {
    MediaType(mediaType, { key, location, parentLocations, report }) {
      if (Object.keys(mediaType.examples ?? {}).length > 0) return
      const status = parentLocations.Response?.pointer.split('/').at(-1)
      report({
        message: `Response "${status}" has no named example of ${key}. Add one under "examples".`,
        location: location.key(),
      })
    },
  },
})
