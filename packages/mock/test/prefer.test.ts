import { describe, expect, test } from 'vitest'
import { chooseResponse } from '../src/choose.ts'
import { type MockOperation, operations } from '../src/contract.ts'
import { ask, path } from './support.ts'

const prefer = (value: string, accept?: string) =>
  ask(path(1234), { headers: { prefer: value, ...(accept && { accept }) } })

describe('Prefer overrides the scenario of the request', () => {
  test.each([
    ['code=404', 404, null],
    ['code=200', 200, null],
    ['code=200, example=machineFailed', 200, 'machineFailed'],
    ['example=machineFailed', 200, 'machineFailed'],
    ['example="machineFailed"', 200, 'machineFailed'],
    ['CODE=500', 500, null],
    ['code=401,example=unauthorized', 401, 'unauthorized'],
    ['return=minimal, code=403', 403, null],
    ['code=404, code=500', 404, null],
    ['code=404; example=mirrorJob', 404, null],
    ['code = 404 ', 404, null],
    ['x="a, code=500; b", code=404', 404, null],
  ])('%s: %d', async (value, status, scenario) => {
    const response = await prefer(value)
    expect(response.status).toBe(status)
    expect(response.headers.get('mock-scenario')).toBe(scenario)
  })

  test.each(['example=notFound', 'code=404'])('%s selects an example, not random data', async (value) => {
    const response = await prefer(value)
    expect(response.status).toBe(404)
    expect(response.json.error_message).toContain('no such install job')
  })

  test.each(['return=minimal', 'x-code=404', 'foo; code=404', 'dynamic=false', 'seed=1', ';', ','])(
    '%s alone does not change the scenario',
    async (value) => {
      const response = await ask(path(1234, 'accountserviceid=1&mirroring=false'), { headers: { prefer: value } })
      expect(response.headers.get('mock-scenario')).toBe('machineJob')
    },
  )

  test('dynamic=true alone returns random data of the first success', async () => {
    const { status, headers } = await ask(path(4004), { headers: { prefer: 'dynamic=true' } })
    expect([status, headers.get('mock-scenario')]).toEqual([200, null])
  })

  test('dynamic=true returns random data', async () => {
    const response = await prefer('dynamic=true, code=404')
    expect(response.status).toBe(404)
    expect(response.json).toMatchObject({ success: false, error: true })
    expect(response.json.error_message).not.toContain('no such install job')
  })

  test('the same seed returns the same random data', async () => {
    const seeded = 'dynamic=true, code=200, seed=abc'
    expect((await prefer(seeded)).text).toBe((await prefer(seeded)).text)
  })

  test('a seed does not affect later responses without one', async () => {
    const after = async () => {
      await prefer('dynamic=true, code=200, seed=abc')
      return (await prefer('dynamic=true, code=200')).text
    }
    expect(await after()).not.toBe(await after())
  })
})

describe('a preference for something that the contract does not have gets a problem of the mock', () => {
  test.each([
    ['code=418', 'code=418: queueImageInstall has 200, 400, 401, 403, 404, 500.'],
    ['code=abc', 'code=abc: queueImageInstall has 200, 400, 401, 403, 404, 500.'],
    ['code=404, example=mirrorJob', 'example=mirrorJob: queueImageInstall 404 has notFound.'],
    ['code=404, example="a;b"', 'example=a;b: queueImageInstall 404 has notFound.'],
    ['code=404, example="a,b', 'example="a,b: queueImageInstall 404 has notFound.'],
    ['code=404, example="a;b', 'example="a;b: queueImageInstall 404 has notFound.'],
    ['code=404, example=a=b', 'example=a=b: queueImageInstall 404 has notFound.'],
    ['code=404, example=a"b"', 'example=a"b": queueImageInstall 404 has notFound.'],
    ['code=404, example="a"b', 'example="a"b: queueImageInstall 404 has notFound.'],
    ['dynamic=maybe', 'dynamic=maybe: must be true or false.'],
    ['dynamic', 'dynamic=: must be true or false.'],
  ])('%s', async (value, detail) => {
    const response = await prefer(value)
    expect(response.status).toBe(400)
    expect(response.json).toMatchObject({ type: 'urn:image-install-queue-mock:unknown-preference', detail })
    expect(response.json.statuses).toEqual(['200', '400', '401', '403', '404', '500'])
  })

  test('an unknown example lists the known ones', async () => {
    const response = await prefer('example=nope')
    expect(response.status).toBe(400)
    expect(response.json.examples).toContain('machineSquashed')
    expect(response.json.examples).toHaveLength(22)
    expect(response.json.detail).toMatch(/^example=nope: queueImageInstall has (\w+, ){21}\w+\.$/)
  })
})

describe('Accept is respected', () => {
  test.each(['application/json', '*/*', 'application/*', 'text/html, application/json;q=0.1'])(
    '%s gets JSON',
    async (accept) => {
      expect((await ask(path(1), { headers: { accept } })).status).toBe(200)
      expect((await prefer('code=404', accept)).status).toBe(404)
    },
  )

  test.each(['text/html', 'application/xml;q=0.9', ';;', 'a'])(
    '%s gets a 406 that names the available type',
    async (accept) => {
      for (const response of [await ask(path(1), { headers: { accept } }), await prefer('code=404', accept)]) {
        expect(response.status).toBe(406)
        expect(response.json).toMatchObject({
          type: 'urn:image-install-queue-mock:not-acceptable',
          detail: 'Available: application/json.',
        })
      }
    },
  )
})

describe('an operation', () => {
  const [operation] = operations
  if (!operation) throw new Error('no operation')
  const responseOf = (changed: Partial<MockOperation>, header: Record<string, string> = {}) => {
    const { fallback, ...plain } = operation
    const match = { operation: { ...plain, ...changed }, values: { path: {}, query: {}, header } }
    const { status, body } = chooseResponse(match, undefined, (example) => example).response
    return { status, json: JSON.parse(`${body}`) }
  }

  test.each(['abc', '99', '600', '1404', '4040'])('with a default response has no status %s', (code) => {
    const { status, json } = responseOf({ statuses: ['200', 'default'] }, { prefer: `code=${code}` })
    expect([status, json.detail]).toEqual([400, `code=${code}: queueImageInstall has 200, default.`])
  })

  test('without responses gets a problem with the reason', () => {
    const { status, json } = responseOf({ scenarios: [], prism: { ...operation.prism, responses: [] } })
    expect([status, json.type]).toEqual([500, 'urn:image-install-queue-mock:no-response'])
    expect(json.detail).toBe('No response defined for the selected operation.')
  })
})
