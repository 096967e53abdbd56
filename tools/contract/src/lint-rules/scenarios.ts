import { isDeepStrictEqual } from 'node:util'
import type { Oas3Rule } from '@redocly/openapi-core'
import type { Document } from '../document.ts'
import { type Operation, readOperations } from '../operations.ts'
import { profileErrors } from '../profile/check.ts'
import { precedence, type Scenario } from '../scenarios.ts'

interface Finding {
  readonly message: string
  /** Keys that lead to the place inside the operation. */
  readonly at: readonly string[]
}

/** Reports inputs without a response, and scenarios that one request can match equally well. */
export const scenarios: Oas3Rule = () => ({
  Root(root, { location, report }) {
    // The rule `profile` reports these. Operations can be read only if there are none.
    if (profileErrors(root, location.source).length > 0) return
    // Redocly's type is that of any document. This one is inside the profile.
    const document: object = root
    for (const operation of readOperations(document as Document)) {
      for (const { message, at } of [...unpairedExamples(operation), ...ambiguousScenarios(operation)])
        report({ message, location: location.child(['paths', operation.path, operation.method, ...at]).key() })
    }
  },
})

/** An example name on an input is half of a scenario. The other half is the one response with an example of that name. */
function unpairedExamples({ operationId, parameters, requestBody, examples }: Operation): Finding[] {
  const body = requestBody?.content['application/json']
  const inputs = [
    ...parameters.map(({ name, examples }) => ({ input: `parameter "${name}"`, at: ['parameters'], examples })),
    { input: 'the request body', at: ['requestBody'], examples: body?.examples },
  ]
  return inputs.flatMap(({ input, at, examples: named = {} }) =>
    Object.keys(named).flatMap((name) => {
      const statuses = examples.filter((example) => example.name === name).map(({ status }) => status)
      if (statuses.length === 1) return []
      const example = `Example "${name}" of ${input} of ${operationId}`
      const message =
        statuses.length === 0
          ? `${example} has no response. Add an example of that name to one response, or move an illustrative value into ` +
            'the examples of the schema.'
          : `${example} has several responses: ${statuses.join(', ')}. Rename all but one.`
      return [{ message, at }]
    }),
  )
}

/** If a request matched two scenarios equally well, their order would decide. */
function ambiguousScenarios({ operationId, scenarios }: Operation): Finding[] {
  return scenarios.flatMap((scenario, index) => {
    const rival = scenarios.slice(0, index).find((earlier) => isAmbiguous(earlier, scenario))
    if (!rival) return []
    return [
      {
        message:
          `Scenarios "${rival.name}" and "${scenario.name}" of ${operationId} can match the same request equally well. ` +
          'Give both one input with different values, or give one of them a further input.',
        at: ['responses', scenario.status, 'content', 'application/json', 'examples', scenario.name],
      },
    ]
  })
}

function isAmbiguous(a: Scenario, b: Scenario): boolean {
  if (a.name === b.name || !isDeepStrictEqual(precedence(a), precedence(b))) return false
  if (a.body && b.body && !isDeepStrictEqual(a.body.value, b.body.value)) return false
  return a.parameters.every((parameter) => {
    const other = b.parameters.find(({ name, in: place }) => name === parameter.name && place === parameter.in)
    return !other || isDeepStrictEqual(parameter.value, other.value)
  })
}
