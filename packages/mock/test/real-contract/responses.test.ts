import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import {
  type MockOperation,
  type MockScenario,
  operations,
  type Parameter,
  parametersIn,
  places,
} from '../../src/contract.ts'
import { ask } from '../support.ts'

// The contract as it is now: expectations are read from the document, without the mock's code.
const file = createRequire(import.meta.url).resolve('@image-install-queue/spec/openapi.json')
const document = JSON.parse(readFileSync(file, 'utf8'))

const cases = operations.flatMap((operation) =>
  operation.scenarios.map((scenario) => [operation.operationId, scenario.name, operation, scenario] as const),
)

test.each(cases)('%s returns %s to a request with its values', async (_, name, operation, scenario) => {
  const { status, json, text, headers } = await call(operation, scenario)
  const { content } = document.paths[operation.path][operation.method].responses[scenario.key]
  const example = content?.['application/json'].examples[name]
  const value = example?.$ref ? document.components.examples[example.$ref.split('/').at(-1)].value : example?.value
  expect([status, headers.get('mock-scenario')]).toEqual([scenario.status, name])
  if (value === undefined) expect(text).toBe('')
  else expect(json).toEqual(value)
})

describe('random data', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ajv.addSchema({ $id: 'spec', ...document })
  const withBody = operations.flatMap((operation) =>
    operation.statuses
      .filter((status) => /^\d+$/.test(status))
      .filter((status) => document.paths[operation.path][operation.method].responses[status].content)
      .map((status) => [operation.operationId, status, operation] as const),
  )

  test.each(withBody)('of %s %s matches its schema, by an independent validator, with 100 seeds', async (...args) => {
    const [, status, operation] = args
    const path = operation.path.replaceAll('~', '~0').replaceAll('/', '~1')
    const pointer = `/paths/${path}/${operation.method}/responses/${status}/content/application~1json/schema`
    const matches = ajv.compile({ $ref: `spec#${encodeURI(pointer)}` })
    for (let seed = 0; seed < 100; seed++) {
      const prefer = `dynamic=true, code=${status}, seed=${seed}`
      const response = await call(operation, undefined, { prefer })
      expect([seed, response.status, matches(response.json), matches.errors]).toEqual([
        seed,
        Number(status),
        true,
        null,
      ])
    }
  })
})

/** Sends a valid request, with the values of a scenario if one is given. */
function call(operation: MockOperation, scenario?: MockScenario, headers: Record<string, string> = {}) {
  const query = new URLSearchParams()
  const sent: Record<string, string> = { 'content-type': 'application/json', ...headers }
  let { path } = operation
  for (const place of places) {
    for (const parameter of parametersIn(place, operation)) {
      const { name } = parameter
      const chosen = scenario?.parameters.find((each) => each.in === place && each.name === name)
      if (!chosen && !parameter.required) continue
      const value: unknown = chosen ? chosen.value : sampleOf(operation, parameter)
      if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(`${value}`))
      else if (place === 'query')
        for (const item of Array.isArray(value) ? value : [value]) query.append(name, `${item}`)
      else sent[name] = `${value}`
    }
  }
  const { body: declared } = operation.prism.request
  const [example] = declared?.contents?.[0]?.examples ?? []
  const body = scenario?.body?.value ?? (example && 'value' in example ? example.value : undefined)
  return ask(`${path}?${query}`, {
    method: operation.method.toUpperCase(),
    headers: sent,
    ...(declared && { body: JSON.stringify(body) }),
  })
}

/** A valid value, if possible one that selects no scenario. */
function sampleOf({ scenarios }: MockOperation, { name, schema }: Parameter): unknown {
  const taken = scenarios.flatMap(({ parameters }) =>
    parameters.filter((each) => each.name === name).map(({ value }) => value),
  )
  const candidates: unknown[] = [
    ...(Array.isArray(schema?.examples) ? schema.examples : []),
    ...(schema?.enum ?? []),
    ...(schema?.type === 'boolean' ? [true] : []),
  ]
  return candidates.find((value) => !taken.includes(value)) ?? candidates[0] ?? taken[0] ?? 1
}
