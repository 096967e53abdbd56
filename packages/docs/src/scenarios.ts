import type { Operation } from '@image-install-queue/contract/old/operations'
import type { Scenario } from '@image-install-queue/contract/old/scenarios'
import { code, paragraphs, table } from './markdown.ts'

/** The scenario tables of all operations, each under a heading when there are several. */
export function scenarioSections(operations: readonly Operation[]): string | undefined {
  const tables = operations.flatMap((operation) => {
    const text = scenarioTable(operation)
    return text ? [{ heading: operation.node.summary ?? operation.operationId, text }] : []
  })
  if (tables.length === 0) return undefined
  const several = tables.length > 1
  return paragraphs(
    'The contract mock answers these requests with these examples.',
    ...tables.flatMap(({ heading, text }) => [several && `### ${heading}`, text]),
  )
}

/** Which request gets which example answer, as a Markdown table. */
export function scenarioTable({ answers, scenarios }: Operation): string | undefined {
  if (answers.length === 0) return undefined
  const rows = answers.map((answer) => {
    const scenario = scenarios.find(({ name, status }) => name === answer.name && status === answer.status)
    return [code(answer.name), request(answer.name, scenario), answer.summary ?? '', answer.status]
  })
  return table(['scenario', 'request', 'answer', 'status'], rows)
}

/** An answer that no input chooses is asked for by name. */
function request(name: string, scenario: Scenario | undefined): string {
  if (!scenario) return code(`Prefer: example=${name}`)
  const inputs = scenario.parameters.map((parameter) => code(`${parameter.name}=${parameter.value}`))
  if (scenario.body) inputs.push(`body ${code(scenario.body.value)}`)
  return inputs.join(' ')
}
