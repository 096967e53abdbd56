import type { ParameterNode, RequestBodyNode, ResponseNode } from './document.ts'

/** A named example of a response. */
export interface Example {
  readonly name: string
  /** A key of `responses`. */
  readonly status: string
  readonly summary: string | undefined
  readonly value: unknown
  /** The name of the example that the same request gets the next time. */
  readonly next: string | undefined
}

/** An example with the input values that select it. Inputs and example have the same name. */
export interface Scenario extends Example {
  /** The parameters with an example of this name, and the value that each must have. */
  readonly parameters: readonly { readonly name: string; readonly in: ParameterNode['in']; readonly value: unknown }[]
  /** The request body that must be sent, if the body has an example of this name. */
  readonly body: { readonly value: unknown } | undefined
}

export const readExamples = (responses: ReadonlyMap<string, ResponseNode>): Example[] =>
  [...responses].flatMap(([status, { content }]) =>
    Object.entries(content?.['application/json'].examples ?? {}).map(([name, { summary, value, 'x-next': next }]) => ({
      name,
      status,
      summary,
      value,
      next,
    })),
  )

/** Pairs examples with inputs by name. An example without an input of its name is not a scenario. */
export function readScenarios(
  examples: readonly Example[],
  parameters: readonly ParameterNode[],
  requestBody: RequestBodyNode | undefined,
): Scenario[] {
  const bodies = requestBody?.content['application/json'].examples ?? {}
  const scenarios = examples.flatMap((example) => {
    const inputs = parameters.flatMap(({ name, in: place, examples = {} }) =>
      Object.hasOwn(examples, example.name) ? [{ name, in: place, value: examples[example.name]?.value }] : [],
    )
    const body = Object.hasOwn(bodies, example.name) ? { value: bodies[example.name]?.value } : undefined
    return inputs.length > 0 || body ? [{ ...example, parameters: inputs, body }] : []
  })
  return scenarios.sort(byPrecedence)
}

/**
 * Returns how specific a scenario is: the number of path parameters, of query and header parameters, and of bodies. If several
 * scenarios match a request, the one with the higher first differing number wins.
 */
export function precedence({ parameters, body }: Scenario): readonly [number, number, number] {
  const inPath = parameters.filter((parameter) => parameter.in === 'path').length
  return [inPath, parameters.length - inPath, body ? 1 : 0]
}

function byPrecedence(a: Scenario, b: Scenario): number {
  const [left, right] = [precedence(a), precedence(b)]
  return right[0] - left[0] || right[1] - left[1] || right[2] - left[2]
}

/**
 * Returns the example for requests that no scenario matches: of the lowest 2xx, the first example without inputs, or else the
 * first. Examples that are only reached through `x-next` do not count.
 */
export function fallback(examples: readonly Example[], scenarios: readonly Scenario[]): Example | undefined {
  const lowest = examples
    .map(({ status }) => status)
    .filter((status) => status.startsWith('2'))
    .sort()[0]
  const isScenario = ({ name }: Example) => scenarios.some((scenario) => scenario.name === name)
  const candidates = examples.filter(
    (example) =>
      example.status === lowest && (isScenario(example) || !examples.some(({ next }) => next === example.name)),
  )
  return candidates.find((example) => !isScenario(example)) ?? candidates[0]
}
