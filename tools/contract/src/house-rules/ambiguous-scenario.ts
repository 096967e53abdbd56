import { isDeepStrictEqual } from 'node:util'
import type { Oas3Rule } from '@redocly/openapi-core'
import { precedence, type Scenario } from '../scenarios.ts'
import { perOperation } from './per-operation.ts'

/** No request may match two scenarios that are equally narrow: which one answers would be a matter of order. */
export const ambiguousScenario: Oas3Rule = () =>
  perOperation(({ operationId, scenarios }, report) => {
    for (const [index, scenario] of scenarios.entries()) {
      const rival = scenarios.slice(0, index).find((earlier) => ambiguous(earlier, scenario))
      if (!rival) continue
      report(
        `Scenarios "${rival.name}" and "${scenario.name}" of ${operationId} can match the same request equally well. ` +
          'Let both carry one input with different values, or give one of them a further input.',
        ['responses', scenario.status, 'content', 'application/json', 'examples', scenario.name],
      )
    }
  })

function ambiguous(a: Scenario, b: Scenario): boolean {
  if (a.name === b.name || !isDeepStrictEqual(precedence(a), precedence(b))) return false
  if (a.body && b.body && !isDeepStrictEqual(a.body.value, b.body.value)) return false
  return a.parameters.every((mine) => {
    const theirs = b.parameters.find((parameter) => parameter.name === mine.name && parameter.in === mine.in)
    return !theirs || isDeepStrictEqual(mine.value, theirs.value)
  })
}
