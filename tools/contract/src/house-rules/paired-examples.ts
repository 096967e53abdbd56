import type { Oas3Rule } from '@redocly/openapi-core'
import { perOperation } from './operations.ts'

/** An example name on an input is half of a scenario; the other half is the one response that carries it too. */
export const pairedExamples: Oas3Rule = () =>
  perOperation(({ operationId, parameters, requestBody, answers }, report) => {
    const inputs = [
      ...parameters.map(({ name, examples }) => ({ what: `parameter "${name}"`, at: ['parameters'], examples })),
      ...Object.values(requestBody?.content ?? {}).map(({ examples }) => ({
        what: 'the request body',
        at: ['requestBody'],
        examples,
      })),
    ]
    for (const { what, at, examples } of inputs) {
      for (const name of Object.keys(examples ?? {})) {
        const statuses = new Set(answers.filter((answer) => answer.name === name).map(({ status }) => status))
        if (statuses.size === 1) continue
        const example = `Example "${name}" of ${what} of ${operationId}`
        report(
          statuses.size === 0
            ? `${example} has no answer. Give one response an example of that name; a value that only illustrates ` +
                'belongs into the examples of the schema.'
            : `${example} has an answer in several responses: ${[...statuses].join(', ')}. Rename all but one.`,
          at,
        )
      }
    }
  })
