import type { Oas3Rule } from '@redocly/openapi-core'
import { perOperation } from './per-operation.ts'

/** An example name on an input is half of a scenario; the other half is the one response that carries it too. */
export const pairedExamples: Oas3Rule = () =>
  perOperation(({ operationId, parameters, requestBody, examples: answers }, report) => {
    const inputs = [
      ...parameters.map(({ name, examples }) => ({ what: `parameter "${name}"`, at: 'parameters', examples })),
      { what: 'the request body', at: 'requestBody', examples: requestBody?.content['application/json'].examples },
    ]
    for (const { what, at, examples = {} } of inputs) {
      for (const name of Object.keys(examples)) {
        const statuses = answers.filter((answer) => answer.name === name).map(({ status }) => status)
        if (statuses.length === 1) continue
        const example = `Example "${name}" of ${what} of ${operationId}`
        report(
          statuses.length === 0
            ? `${example} has no answer. Give one response an example of that name; a value that only illustrates ` +
                'belongs into the examples of the schema.'
            : `${example} has an answer in several responses: ${statuses.join(', ')}. Rename all but one.`,
          [at],
        )
      }
    }
  })
