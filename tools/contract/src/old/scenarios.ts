import type { Oas3_1Schema, Oas3Example, Oas3Parameter, Oas3RequestBody, Oas3Response } from '@redocly/openapi-core'
import type { Resolve } from './resolve.ts'

/** A named example of a response. */
export interface Answer {
  readonly name: string
  readonly status: string
  readonly mediaType: string
  readonly summary: string | undefined
  readonly value: unknown
}

/** An answer together with the input values that choose it: an example name that stands on both sides. */
export interface Scenario extends Answer {
  /** The parameters that carry the name, with the value each must have. */
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly value: unknown }[]
  /** The request body that must be sent, if a body example carries the name. */
  readonly body: { readonly value: unknown } | undefined
}

export function readAnswers(responses: ReadonlyMap<string, Oas3Response<Oas3_1Schema>>, resolve: Resolve): Answer[] {
  return [...responses].flatMap(([status, response]) =>
    Object.entries(response.content ?? {}).flatMap(([mediaType, content]) =>
      Object.entries(content.examples ?? {}).map(([name, reference]) => {
        const example: Oas3Example = resolve(reference)
        return { name, status, mediaType, summary: example.summary, value: example.value }
      }),
    ),
  )
}

/**
 * Pairs answers with inputs by name. An answer whose name no input carries is not a scenario, and one that is offered in
 * several media types is one scenario.
 */
export function readScenarios(
  answers: readonly Answer[],
  parameters: readonly Oas3Parameter<Oas3_1Schema>[],
  requestBody: Oas3RequestBody<Oas3_1Schema> | undefined,
  resolve: Resolve,
): Scenario[] {
  const bodies = Object.values(requestBody?.content ?? {}).map((content) => content.examples ?? {})
  const offeredOnce = answers.filter(
    ({ name, status }, i) => answers.findIndex((other) => other.name === name && other.status === status) === i,
  )
  return offeredOnce.flatMap((answer) => {
    const inputs = parameters.flatMap((parameter) => {
      const example = parameter.examples?.[answer.name]
      return example ? [{ name: parameter.name, in: parameter.in ?? '', value: resolve(example).value }] : []
    })
    const found = bodies.find((examples) => Object.hasOwn(examples, answer.name))?.[answer.name]
    const body = found && { value: resolve(found).value }
    return inputs.length > 0 || body ? [{ ...answer, parameters: inputs, body }] : []
  })
}

/**
 * How narrowly a scenario describes its request, for comparing two that both match: path parameters count first, then
 * query and header parameters, then the body. Higher wins.
 */
export function precedence(scenario: Scenario): readonly [number, number, number] {
  const inPath = scenario.parameters.filter((parameter) => parameter.in === 'path').length
  return [inPath, scenario.parameters.length - inPath, scenario.body ? 1 : 0]
}

/** Scenarios in the order in which they are tried: the narrowest first. */
export function byPrecedence(a: Scenario, b: Scenario): number {
  const [left, right] = [precedence(a), precedence(b)]
  return right[0] - left[0] || right[1] - left[1] || right[2] - left[2]
}

/** What is answered when no scenario matches: of the lowest 2xx, the first answer tied to no input, else the first. */
export function fallback(answers: readonly Answer[], scenarios: readonly Scenario[]): Answer | undefined {
  const lowest = answers
    .map((answer) => answer.status)
    .filter((status) => /^2\d\d$/.test(status))
    .sort()[0]
  const candidates = answers.filter((answer) => answer.status === lowest)
  return candidates.find((answer) => !scenarios.some(({ name }) => name === answer.name)) ?? candidates[0]
}
