import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { operations } from '../src/contract.ts'
import { ask, path } from './support.ts'

const { resolve } = createRequire(import.meta.url)
const document = JSON.parse(readFileSync(resolve('@image-install-queue/spec/openapi.json'), 'utf8'))
const { parameters, responses } = document.paths['/cfp/v1/imageinstall/{jobid}/queue'].get
const valuesOf = (name: string): Record<string, { value: unknown }> =>
  parameters.find((parameter: { name: string }) => parameter.name === name).examples
const [jobs, mirrorings] = [valuesOf('jobid'), valuesOf('mirroring')]

/** Every response example of the document, read here without the mock's help. */
const examples = Object.entries<{ content: Record<string, { examples: Record<string, { value: unknown }> }> }>(
  responses,
).flatMap(([status, { content }]) =>
  Object.entries(content['application/json']?.examples ?? {}).map(([name, { value }]) => ({
    status: Number(status),
    name,
    value,
  })),
)

describe('a plain request gets the scenario that its values choose', () => {
  test('the document has every scenario that is promised', () => {
    expect(examples).toHaveLength(22)
  })

  test.each(examples)('$name: $status', async ({ status, name, value }) => {
    const target = path(
      String(jobs[name]?.value ?? 1234),
      `accountserviceid=5678&mirroring=${mirrorings[name]?.value ?? true}`,
    )
    const answer = await ask(target)
    expect(answer.status).toBe(status)
    expect(answer.json).toEqual(value)
    expect(answer.headers.get('mock-scenario')).toBe(name)
    expect(answer.headers.get('content-type')).toBe('application/json')
  })

  test.each([
    [1000, true, 'mirrorJob'],
    [1000, false, 'machineJob'],
    [1001, false, 'machineCreated'],
    [1007, true, 'mirrorSquashed'],
    [1008, true, 'mirrorJob'],
    [1008, false, 'machineJob'],
    [10_010, false, 'machineJob'],
    [4002, true, 'mirrorJob'],
    [9_007_199_254_740_991, false, 'machineJob'],
    [1, true, 'mirrorJob'],
  ])('jobid %d, mirroring=%s: %s', async (jobid, mirroring, scenario) => {
    const answer = await ask(path(jobid, `accountserviceid=1&mirroring=${mirroring}`))
    expect(answer.headers.get('mock-scenario')).toBe(scenario)
  })

  test.each([
    [2001, true, 200, 'imageLocked'],
    [2001, false, 200, 'imageLocked'],
    [4000, true, 400, 'badRequest'],
    [4000, false, 400, 'badRequest'],
    [5000, false, 500, 'serverError'],
  ])('jobid %d chooses its error whatever mirroring is (%s)', async (jobid, mirroring, status, scenario) => {
    const answer = await ask(path(jobid, `accountserviceid=1&mirroring=${mirroring}`))
    expect([answer.status, answer.headers.get('mock-scenario')]).toEqual([status, scenario])
    expect(answer.json).toMatchObject({ success: false, error: true })
  })

  test('the same request gets the same bytes, whatever was asked before', async () => {
    const before = await ask(path(1004))
    await ask(path(4004))
    await ask(path(1004), { headers: { prefer: 'code=500' } })
    expect((await ask(path(1004))).text).toBe(before.text)
  })

  test('two mocks answer alike, so any number of them may stand behind a balancer', async () => {
    for (const { name } of examples) {
      const target = path(
        String(jobs[name]?.value ?? 7),
        `accountserviceid=1&mirroring=${mirrorings[name]?.value ?? false}`,
      )
      const [one, two] = await Promise.all([ask(target), ask(target)])
      expect([one.status, one.text, [...one.headers]]).toEqual([two.status, two.text, [...two.headers]])
    }
  })
})

describe('scenarios are tried in their order of precedence', () => {
  test('more path parameters first, then more other parameters', () => {
    const order = operations.flatMap(({ scenarios }) =>
      scenarios.map(({ parameters: all }) => all.map((it) => it.in).join()),
    )
    expect([...new Set(order)]).toEqual(['path,query', 'path', 'query'])
  })
})
