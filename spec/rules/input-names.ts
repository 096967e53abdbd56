import type { Oas3Rule } from '@redocly/openapi-core'
import { perOperation } from './operations.ts'

/** A client takes all inputs of a call in one object, the request body under `body`: names must not collide there. */
export const inputNames: Oas3Rule = () =>
  perOperation(({ operationId, parameters }, report) => {
    for (const [index, { name, in: place }] of parameters.entries()) {
      const taken =
        name === 'body' ? 'the request body' : parameters.slice(0, index).find((other) => other.name === name)
      if (!taken) continue
      const owner = typeof taken === 'string' ? taken : `the ${taken.in} parameter`
      report(
        `The ${place} parameter "${name}" of ${operationId} has the name of ${owner}. ` +
          'A call takes its inputs in one object, so describe only one of the two.',
        ['parameters'],
      )
    }
  })
