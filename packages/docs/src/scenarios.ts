import { type Example, fallback, type Operation, type Scenario } from '@image-install-queue/contract'
import type { Context } from './context.ts'
import { code, paragraphs, table } from './markdown.ts'

/** Which requests the contract mock answers with which examples, for all operations. */
export function scenarioSection({ calls }: Context): string {
  const told = calls.filter(({ examples }) => examples.length > 0)
  if (told.length === 0) return ''
  return paragraphs(
    'The contract mock answers these requests so; the first row that fits holds.',
    ...told.flatMap((call) => [told.length > 1 && `**${call.heading}**`, scenarioTable(call)]),
  )
}

/** A request by its values, with the examples that answer it and those like it. */
interface Row {
  readonly status: string
  readonly inputs: ReadonlyMap<string, unknown>
  readonly examples: readonly Example[]
}

function scenarioTable({ examples, scenarios }: Operation): string {
  const rows: Row[] = []
  for (const scenario of scenarios) {
    const row = { status: scenario.status, inputs: inputsOf(scenario), examples: [scenario] }
    const last = rows.at(-1)
    if (last && continues(last, row)) rows[rows.length - 1] = { ...last, examples: [...last.examples, scenario] }
    else rows.push(row)
  }
  const lines = rows.map((row, index) => [
    request(row, rows.slice(0, index)),
    row.examples.length > 1 ? span(row.examples) : sequence(row.examples[0], examples),
    row.status,
  ])
  const other = fallback(examples, scenarios)
  if (other && !scenarios.some(({ name }) => name === other.name))
    lines.push(['any other', sequence(other, examples), other.status])
  return table(['request', 'answer', 'status'], lines)
}

function inputsOf({ parameters, body }: Scenario): ReadonlyMap<string, unknown> {
  const inputs = new Map(parameters.map(({ name, value }) => [name, value]))
  return body ? inputs.set('body', body.value) : inputs
}

/** Whether a row asks for the next number and is alike in all else, so that one row can stand for both. */
function continues(last: Row, row: Row): boolean {
  const differing = [...row.inputs].filter(([name, value]) => last.inputs.get(name) !== value)
  const [name, value] = differing[0] ?? []
  const first = name === undefined ? undefined : last.inputs.get(name)
  return (
    differing.length === 1 &&
    row.status === last.status &&
    row.inputs.size === last.inputs.size &&
    typeof first === 'number' &&
    value === first + last.examples.length &&
    !row.examples[0]?.next
  )
}

/** The values that a request must have, and those which the rows before it have taken. */
function request({ inputs, examples }: Row, before: readonly Row[]): string {
  const isNarrower = (row: Row) => [...inputs].every(([name, value]) => row.inputs.get(name) === value)
  const taken = before.filter(isNarrower).flatMap((row) => [...row.inputs.keys()].filter((name) => !inputs.has(name)))
  const others = [...new Set(taken)].map((name) => `any other ${code(name)}`)
  const given = [...inputs].map(([name, value], index) => {
    const to = index === 0 && examples.length > 1 && typeof value === 'number' ? value + examples.length - 1 : undefined
    return code(`${name}=${text(value)}`) + (to === undefined ? '' : ` … ${code(to)}`)
  })
  return [...given, ...others].join(', ')
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const span = (examples: readonly Example[]) => `${summary(examples[0])} … ${summary(examples.at(-1))}`

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
