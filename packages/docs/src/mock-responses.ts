import { type Example, fallback, type Operation, type Scenario } from '@image-install-queue/contract'
import type { Context } from './context.ts'
import { codeSpan, paragraphs, table } from './markdown.ts'

/** The example that the mock returns to each request. */
export function mockResponses({ calls }: Context): string {
  const listed = calls.filter(({ examples }) => examples.length > 0)
  if (listed.length === 0) return ''
  return paragraphs(
    'The mock responds to these requests as follows. The first matching row applies.',
    ...listed.flatMap((call) => [listed.length > 1 && `**${call.title}**`, responseTable(call)]),
  )
}

function responseTable({ examples, scenarios }: Operation): string {
  const other = fallback(examples, scenarios)
  const reached = new Set([...scenarios.map(({ name }) => name), ...examples.map(({ next }) => next)])
  const row = (request: string, example: Example) => [request, sequence(example, examples), example.status]
  const rows = scenarios.map((scenario) => row(request(scenario), scenario))
  if (other && !scenarios.some(({ name }) => name === other.name)) rows.push(row('any other', other))
  const unreached = examples.filter(({ name }) => name !== other?.name && !reached.has(name))
  rows.push(...unreached.map((example) => row(codeSpan(`Prefer: example=${example.name}`), example)))
  return table(['request', 'response', 'status'], rows)
}

/** The values that a request must have. */
function request({ parameters, body }: Scenario): string {
  const values = parameters.map(({ name, value }) => [name, value])
  if (body) values.push(['body', body.value])
  return values
    .map(([name, value]) => codeSpan(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`))
    .join(', ')
}

/** An example, and the examples that follow it when the request is repeated. */
function sequence(example: Example, examples: readonly Example[]): string {
  const later: string[] = []
  for (let next = example.next; next !== undefined; ) {
    const found = examples.find(({ name }) => name === next)
    later.push(found?.summary ?? next)
    next = found?.next
  }
  return paragraphs(
    example.summary ?? example.name,
    later.length > 0 && `Then, when requested again: ${later.join(' → ')}.`,
  )
}
