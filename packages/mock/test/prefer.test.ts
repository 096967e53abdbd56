import { describe, expect, test } from 'vitest'
import { ask, path } from './support.ts'

const prefer = (value: string, accept?: string) =>
  ask(path(1234), { headers: { prefer: value, ...(accept && { accept }) } })

describe('Prefer wins over the scenario of the request', () => {
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
    const answer = await prefer(value)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('mock-scenario')).toBe(scenario)
  })

  test('an example is found under any status', async () => {
    const answer = await prefer('example=notFound')
    expect(answer.status).toBe(404)
    expect(answer.json.error_message).toContain('no such install job')
  })

  test.each(['return=minimal', 'x-code=404', 'foo; code=404', 'dynamic=false', 'seed=1', ';', ','])(
    '%s alone leaves the scenario as it is',
    async (value) => {
      const answer = await ask(path(1234, 'accountserviceid=1&mirroring=false'), { headers: { prefer: value } })
      expect(answer.headers.get('mock-scenario')).toBe('machineJob')
    },
  )

  test('a status alone is answered with its example, each time', async () => {
    const [one, two] = [await prefer('code=404'), await prefer('code=404')]
    expect(one.json.error_message).toContain('no such install job')
    expect(two.text).toBe(one.text)
  })

  test('dynamic=true alone is random data of the first success, and no scenario', async () => {
    const { status, headers } = await ask(path(4004), { headers: { prefer: 'dynamic=true' } })
    expect([status, headers.get('mock-scenario')]).toEqual([200, null])
  })

  test('dynamic=true makes random data that fits the schema', async () => {
    const answer = await prefer('dynamic=true, code=404')
    expect(answer.status).toBe(404)
    expect(answer.json).toMatchObject({ success: false, error: true })
    expect(answer.json.error_message).not.toContain('no such install job')
  })

  test('the same seed makes the same random data', async () => {
    const seeded = 'dynamic=true, code=200, seed=abc'
    expect((await prefer(seeded)).text).toBe((await prefer(seeded)).text)
  })

  test('and leaves answers without a seed as random as ever', async () => {
    const after = async () => {
      await prefer('dynamic=true, code=200, seed=abc')
      return (await prefer('dynamic=true, code=200')).text
    }
    expect(await after()).not.toBe(await after())
  })
})

describe('a preference that cannot be met is refused by the mock, not by the API', () => {
  test.each([
    ['code=418', 'code=418: queueImageInstall has 200, 400, 401, 403, 404, 500.'],
    ['code=abc', 'code=abc: queueImageInstall has 200, 400, 401, 403, 404, 500.'],
    ['code=2000', 'code=2000: queueImageInstall has 200, 400, 401, 403, 404, 500.'],
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
    const answer = await prefer(value)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ type: 'urn:image-install-queue-mock:unknown-preference', detail })
    expect(answer.json.statuses).toEqual(['200', '400', '401', '403', '404', '500'])
  })

  test('an unknown example lists the known ones', async () => {
    const answer = await prefer('example=nope')
    expect(answer.status).toBe(400)
    expect(answer.json.examples).toContain('machineSquashed')
    expect(answer.json.examples).toHaveLength(22)
    expect(answer.json.detail).toMatch(/^example=nope: queueImageInstall has (\w+, ){21}\w+\.$/)
  })

  test('a broken request is refused as one, whatever Prefer says', async () => {
    const answer = await ask(path('x'), { headers: { prefer: 'code=200' } })
    expect(answer.status).toBe(422)
  })
})

describe('Accept is honoured', () => {
  test.each(['application/json', '*/*', 'application/*', 'text/html, application/json;q=0.1'])(
    '%s gets JSON',
    async (accept) => {
      expect((await ask(path(1), { headers: { accept } })).status).toBe(200)
      expect((await prefer('code=404', accept)).status).toBe(404)
    },
  )

  test.each(['text/html', 'application/xml;q=0.9', ';;', 'a'])(
    '%s gets a 406 that names what is offered',
    async (accept) => {
      for (const answer of [await ask(path(1), { headers: { accept } }), await prefer('code=404', accept)]) {
        expect(answer.status).toBe(406)
        expect(answer.json).toMatchObject({
          type: 'urn:image-install-queue-mock:not-acceptable',
          detail: 'Available: application/json.',
        })
      }
    },
  )
})
