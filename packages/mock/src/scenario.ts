import { isDeepStrictEqual } from 'node:util'
import type { Operation, Scenario } from './contract.ts'
import { parametersIn, places, readValue, type Values } from './parameters.ts'

/** The first scenario whose values are those of the request; scenarios stand in their order of precedence. */
export function findScenario(operation: Operation, values: Values, body: unknown): Scenario | undefined {
  return operation.scenarios.find(
    (scenario) =>
      scenario.parameters.every((wanted) => {
        const place = places.find((candidate) => candidate === wanted.in)
        const parameter = place && parametersIn(place, operation).find(({ name }) => name === wanted.name)
        return parameter && equals(wanted.value, readValue(place, parameter, values))
      }) &&
      (!scenario.body || isDeepStrictEqual(scenario.body.value, body)),
  )
}

/** Compares a JSON value with what came, whose leaves are texts. */
function equals(wanted: unknown, came: unknown): boolean {
  if (came === undefined) return false
  if (Array.isArray(wanted)) {
    return Array.isArray(came) && wanted.length === came.length && wanted.every((item, i) => equals(item, came[i]))
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof came !== 'object' || came === null) return false
    const entries = Object.entries(wanted)
    const size = Object.values(came).filter((value) => value !== undefined).length
    return entries.length === size && entries.every(([name, item]) => equals(item, Reflect.get(came, name)))
  }
  return typeof wanted === 'number' ? Number(came) === wanted : String(wanted) === came
}
