import { type Example, fallback, type Operation, type Scenario } from '@image-install-queue/contract'
import type { Context } from './context.ts'
import { codeSpan, paragraphs, table } from './markdown.ts'

/** Which requests the contract mock answers with which examples, for all operations. */
export function scenarioSection({ calls }: Context): string {
  const told = calls.filter(({ examples }) => examples.length > 0)
  if (told.length === 0) return ''
  return paragraphs(
    'The contract mock answers these requests so; the first row that fits holds.',
    ...told.flatMap((call) => [told.length > 1 && `**${call.heading}**`, scenarioTable(call)]),
  )
}

/** Requests that differ in one number, which counts up. */
type ScenarioRow = [Scenario, ...Scenario[]]

const lastOf = (row: ScenarioRow): Scenario => row.at(-1) ?? row[0]

function scenarioTable({ examples, scenarios }: Operation): string {
  const rows: ScenarioRow[] = []
  for (const scenario of scenarios) {
    const last = rows.at(-1)
    if (last && continues(last, scenario)) last.push(scenario)
    else rows.push([scenario])
  }
  const lines = rows.map((row, index) => [
    request(row, rows.slice(0, index)),
    row.length > 1 ? `${summary(row[0])} … ${summary(lastOf(row))}` : sequence(row[0], examples),
    row[0].status,
  ])
  const other = fallback(examples, scenarios)
  if (other && !scenarios.some(({ name }) => name === other.name))
    lines.push(['any other', sequence(other, examples), other.status])
  const asked = new Set([other?.name, ...scenarios.map(({ name }) => name), ...examples.map(({ next }) => next)])
  for (const example of examples.filter(({ name }) => !asked.has(name)))
    lines.push([codeSpan(`Prefer: example=${example.name}`), sequence(example, examples), example.status])
  return table(['request', 'answer', 'status'], lines)
}

function inputsOf({ parameters, body }: Scenario): ReadonlyMap<string, unknown> {
  const inputs = new Map(parameters.map(({ name, value }) => [name, value]))
  return body ? inputs.set('body', body.value) : inputs
}

function continues(row: ScenarioRow, scenario: Scenario): boolean {
  const [first, inputs] = [inputsOf(row[0]), inputsOf(scenario)]
  const [name = '', ...others] = [...inputs.keys()].filter((one) => first.get(one) !== inputs.get(one))
  const from = first.get(name)
  return (
    others.length === 0 &&
    inputs.size === first.size &&
    typeof from === 'number' &&
    inputs.get(name) === from + row.length &&
    inputsOf(lastOf(row)).get(name) === from + row.length - 1 &&
    scenario.status === row[0].status &&
    !(row[0].next ?? scenario.next)
  )
}

/** The values that a request must have, and those which the rows before it have taken. */
function request(row: ScenarioRow, before: readonly ScenarioRow[]): string {
  const inputs = inputsOf(row[0])
  const last = inputsOf(lastOf(row))
  const given = [...inputs].map(([name, value]) => {
    const to = last.get(name)
    return codeSpan(`${name}=${text(value)}`) + (to === value ? '' : ` … ${codeSpan(to)}`)
  })
  const narrower = before
    .map(([first]) => inputsOf(first))
    .filter((other) => [...inputs].every(([name, value]) => other.get(name) === value))
  const taken = narrower.flatMap((other) => [...other.keys()].filter((name) => !inputs.has(name)))
  return [...given, ...[...new Set(taken)].map((name) => `any other ${codeSpan(name)}`)].join(', ')
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** An example with those that answer the same request later. */
function sequence(example: Example | undefined, examples: readonly Example[]): string {
  const later: string[] = []
  for (let next = example?.next; next !== undefined; ) {
    const found = examples.find(({ name }) => name === next)
    later.push(summary(found))
    next = found?.next
  }
  return paragraphs(summary(example), later.length > 0 && `Then, asked again: ${later.join(' → ')}.`)
}

const summary = (example: Example | undefined) => example?.summary ?? example?.name ?? ''
