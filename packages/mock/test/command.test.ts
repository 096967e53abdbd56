import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { run } from '../src/command/run.ts'
import { createMock, specSha256, specVersion } from '../src/index.ts'
import { bodyLimit } from '../src/message.ts'
import { basic, path } from './support.ts'

const command = fileURLToPath(new URL('../bin/mock.js', import.meta.url))
const canary = 'canary-secret'

let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
  child = undefined
})

/** Starts the built command and reads its lines as they come. */
async function start(...args: string[]) {
  child = spawn(process.execPath, [command, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { stdout } = child
  if (!stdout) throw new Error('no output')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const next = async () => (await lines.next()).value as string
  return { process: child, next }
}

const failing = (...args: string[]) =>
  promisify(execFile)(process.execPath, [command, ...args]).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  )

describe('the built command', () => {
  test('says where it listens and how to ask, answers, and logs no query and no credential', async () => {
    const { next } = await start()
    const [, url] = /listens on (http:\S+)$/.exec(await next()) ?? []
    const curl = await next()
    expect(curl).toBe(`Try: curl --user key:secret '${url}${path(1003)}'`)
    const response = await fetch(`${url}${path(1006, 'accountserviceid=77777&mirroring=false')}`, {
      headers: basic('key', canary),
    })
    expect(await response.json()).toMatchObject({ jobstatename: 'Failed', machinejobid: 121314 })
    expect(await next()).toBe('GET /cfp/v1/imageinstall/1006/queue 200 machineFailed')
    await fetch(`${url}${path('x', 'accountserviceid=1')}`, { headers: basic('key', canary) })
    expect(await next()).toBe(
      'GET /cfp/v1/imageinstall/x/queue 422 path jobid: integer, at least 1; query mirroring: true or false',
    )
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s closes it within a second, a request in progress too',
    async (signal) => {
      const { process, next } = await start()
      const [, url] = /listens on (http:\S+)$/.exec(await next()) ?? []
      const hanging = fetch(`${url}${path(1)}`, { headers: { ...basic('a', 'b'), 'mock-fault': 'hang' } }).catch(
        (error) => error,
      )
      await next()
      await next()
      const asked = performance.now()
      process.kill(signal)
      const [code] = await once(process, 'exit')
      expect(code).toBe(0)
      expect(performance.now() - asked).toBeLessThan(1000)
      expect(await hanging).toBeInstanceOf(TypeError)
    },
  )

  test('a signal while a call is out there is logged, with how many there are', async () => {
    const upstream = createServer().listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    const { port } = upstream.address() as AddressInfo
    const { process, next } = await start('--proxy', `http://127.0.0.1:${port}`, '--json')
    const { url } = JSON.parse(await next())
    await next()
    const arrived = once(upstream, 'request')
    const call = fetch(`${url}${path(1)}`, { headers: basic('key', canary) }).catch((error) => error)
    await arrived
    process.kill('SIGTERM')
    expect(JSON.parse(await next())).toMatchObject({ event: 'stopped', unansweredRequests: 1 })
    expect(await call).toBeInstanceOf(TypeError)
    upstream.closeAllConnections()
    upstream.close()
  })

  test('random data comes from the bundle too', async () => {
    const { next } = await start('--quiet')
    const [, url] = /listens on (http:\S+)$/.exec(await next()) ?? []
    const response = await fetch(`${url}${path(1)}`, {
      headers: { ...basic('a', 'b'), prefer: 'code=404, dynamic=true' },
    })
    expect(await response.json()).toMatchObject({ success: false, error: true })
  })

  test('goes on when nobody reads its lines any more', async () => {
    const { process, next } = await start()
    const [, url] = /listens on (http:\S+)$/.exec(await next()) ?? []
    process.stdout?.destroy()
    for (let i = 0; i < 3; i++) {
      expect((await fetch(`${url}${path(1)}`, { headers: basic('a', 'b') })).status).toBe(200)
    }
  })

  test('a busy port gets one line and exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(await failing('--port', String(port))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'The port is taken. Choose another with --port, or a free one with --port 0.\n',
    })
    other.close()
  })

  test('a wrong flag gets one line and exit code 2', async () => {
    expect(await failing('--prot', '1')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: "Unknown option '--prot'. --help lists the flags.\n",
    })
  })

  test('--version tells the package and the contract', async () => {
    // The built command has the real contract.
    const { stdout, stderr } = Object(await failing('--version'))
    expect(stdout).toMatch(/^@image-install-queue\/mock \d+\.\d+\.\d+\ncontract \d+\.\d+\.\d+, sha256 [\da-f]{64}\n$/)
    expect(stderr).toBe('')
  })
})

describe('run', () => {
  /** Runs the command in this process until the work is done, and gives what it printed. */
  async function runWhile(args: string[], work: (url: string) => Promise<void> = async () => {}) {
    const out: string[] = []
    const err: string[] = []
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0)
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0)
    try {
      const code = await run(args, async () => work(/http:\/\/[^\s"]+/.exec(out.join(''))?.[0] ?? ''))
      return { code, out, err: err.join('') }
    } finally {
      stdout.mockRestore()
      stderr.mockRestore()
    }
  }
  const askFor = (target: string) => async (url: string) => {
    await (await fetch(`${url}${target}`, { headers: basic('key', canary) })).text()
  }

  test('--quiet leaves out the lines about requests', async () => {
    const { code, out } = await runWhile(['--port', '0', '--quiet'], askFor(path(1)))
    expect(code).toBe(0)
    expect(out).toHaveLength(2)
  })

  test('--json makes every line JSON, without query and credential', async () => {
    const { out } = await runWhile(
      ['--port', '0', '--json'],
      askFor(path(1006, 'accountserviceid=77777&mirroring=true')),
    )
    const lines = out.map((line) => JSON.parse(line))
    expect(lines.map(({ event }) => event)).toEqual(['listening', 'hint', 'answered'])
    expect(lines[2]).toMatchObject({
      method: 'GET',
      path: '/cfp/v1/imageinstall/1006/queue',
      status: 200,
      scenario: 'mirrorFailed',
    })
    expect(out.join('')).not.toMatch(/77777|canary/)
  })

  test('says what it is, where it listens and how to ask', async () => {
    const { out } = await runWhile(['--port', '0'])
    const [, url] = /(http:\S+)\n$/.exec(out[0] ?? '') ?? []
    expect(out).toEqual([
      expect.stringMatching(
        /^@image-install-queue\/mock \d+\.\d+\.\d+, contract \d+\.\d+\.\d+, listens on http:\S+\n$/,
      ),
      `Try: curl --user key:secret '${url}${path(1003)}'\n`,
    ])
  })

  test('--json says the same, what it passes on to and what to beware of, as fields', async () => {
    const lines = async (...args: string[]) => {
      const { out } = await runWhile(['--port', '0', '--json', ...args])
      return out.map((line) => JSON.parse(line))
    }
    expect(await lines('--host', '0.0.0.0', '--proxy', 'http://localhost:1')).toMatchObject([
      { event: 'listening', url: expect.stringMatching(/^http:/), specVersion },
      { event: 'proxy', upstream: 'http://localhost:1/' },
      { event: 'warning', warning: expect.stringContaining('nobody is asked who they are') },
    ])
  })

  test('--json says how long an answer took', async () => {
    const { out } = await runWhile(['--port', '0', '--json'], askFor(path(1)))
    const { ms } = JSON.parse(out[2] ?? '')
    expect(ms).toBeGreaterThanOrEqual(0)
    expect(ms).toBeLessThan(performance.now())
  })

  test('--no-sequences gives the first of a sequence each time', async () => {
    const states = async (...args: string[]) => {
      const seen: unknown[] = []
      await runWhile(['--port', '0', ...args], async (url) => {
        const target = `${url}/cfp/v1/imageinstall/status?accountserviceid=7001`
        for (let i = 0; i < 2; i++) seen.push(await (await fetch(target, { headers: basic('a', 'b') })).json())
      })
      return seen
    }
    const [first, second] = await states()
    expect(second).not.toEqual(first)
    expect(await states('--no-sequences')).toEqual([first, first])
  })

  test('health checks are not logged', async () => {
    const { out } = await runWhile(['--port', '0'], askFor('/__mock/health'))
    expect(out).toHaveLength(2)
  })

  test.each([
    ['missing', {}],
    ['unusable', { authorization: `Basic ${canary}` }],
  ])('says that credentials are %s and which are wanted, with nothing of those that came', async (which, headers) => {
    const { out } = await runWhile(['--port', '0'], async (url) => {
      await (await fetch(`${url}${path(1)}`, { headers })).text()
    })
    expect(out.slice(2)).toEqual([
      `GET /cfp/v1/imageinstall/1/queue 401 ${which} credentials: authorization with Basic and the base64 of user:password, or authorization with Bearer and a token\n`,
    ])
  })

  test.each([
    ['delay=1', '200 mirrorJob; fault delay=1'],
    ['truncate', '200 mirrorJob; fault truncate'],
    ['html-502', '502 fault html-502'],
    ['rate-limit; retry-after=2', '429 fault rate-limit; retry-after=2'],
    ['reset', 'no answer fault reset'],
  ])('the fault %s is logged with what the caller got', async (fault, logged) => {
    const { out } = await runWhile(['--port', '0'], async (url) => {
      const headers = { ...basic('a', 'b'), 'mock-fault': fault }
      await fetch(`${url}${path(1)}`, { headers }).catch(() => {})
    })
    expect(out[2]).toBe(`GET /cfp/v1/imageinstall/1/queue ${logged}\n`)
  })

  test('a name that holds control characters cannot forge a line', async () => {
    const { out } = await runWhile(['--port', '0'], askFor(path(1, '%1b[2J%0aGET%20/%20200%E2%80%AE=s3cret')))
    expect(out[2]).toMatch(/^GET [\x20-\x7e]+ 422 query \?\[2J\?GET \/ 200\?: only [\x20-\x7e]+\n$/)
    expect(out[2]).not.toContain('s3cret')
  })

  test('credentials in a whole URL are neither logged nor recorded', async () => {
    const target = `http://key:${canary}@mock${path(1)}`
    const askWhole = async (url: string) => {
      const [response] = await once(get(url, { path: target, headers: basic('a', 'b') }), 'response')
      response.resume()
      await once(response, 'end')
    }
    const { out } = await runWhile(['--port', '0', '--json'], askWhole)
    expect(out[2]).toContain('"path":"/cfp/v1/imageinstall/1/queue","status":200')
    await using mock = createMock()
    await askWhole((await mock.listen()).url)
    expect(mock.requests).toMatchObject([{ url: path(1), status: 200 }])
    expect(JSON.stringify([out, mock.requests])).not.toContain(canary)
  })

  test('a body that is too large is logged', async () => {
    const { out } = await runWhile(['--port', '0'], async (url) => {
      await fetch(url, { method: 'POST', body: Buffer.alloc(bodyLimit + 1) })
    })
    expect(out[2]).toBe('POST / 413\n')
  })

  test('another host is announced with what it means', async () => {
    const { out } = await runWhile(['--port', '0', '--host', '0.0.0.0'])
    expect(out.join('')).toContain('--host 0.0.0.0: other machines can reach this, and nobody is asked who they are.')
  })

  test('a host that is not of this machine', async () => {
    expect(await runWhile(['--port', '0', '--host', '192.0.2.1'])).toMatchObject({
      code: 1,
      err: 'The address given with --host is not one of this machine.\n',
    })
  })

  test('a file that may not be written is not blamed on the port', async () => {
    const error = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: 'open' })
    const refuse = () => Promise.reject(error)
    expect(await runWhile(['--port', '0'], refuse)).toMatchObject({ code: 1, err: 'EACCES: permission denied\n' })
  })

  test('what is no failure of the system is thrown as it came', async () => {
    await expect(runWhile(['--port', '0'], () => Promise.reject(new Error('odd')))).rejects.toThrow('odd')
  })

  test('a wrong flag is named, and the way to the right ones', async () => {
    expect(await runWhile(['--port', 'x'])).toMatchObject({
      code: 2,
      err: '--port x: a port is a number from 0 to 65535. --help lists the flags.\n',
    })
  })

  test('--proxy without a report passes on all the same, and says at its end what had no answer', async () => {
    await using upstream = createMock()
    const { url: live } = await upstream.listen()
    const { code, out } = await runWhile(['--port', '0', '--proxy', live], async (url) => {
      const headers = { ...basic('a', 'b'), 'mock-fault': 'hang' }
      upstream.fail('hang')
      const given = new AbortController()
      const asked = fetch(`${url}${path(1006)}`, { headers, signal: given.signal }).catch(() => {})
      while (upstream.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
      given.abort()
      await asked
    })
    expect(code).toBe(0)
    expect(out.at(-1)).toBe(
      'Stopped before 1 of the calls passed on had an answer: what became of them is not known.\n',
    )
  })

  test('a report that can no longer be written costs no answer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-command-'))
    await using upstream = createMock()
    const { url: live } = await upstream.listen()
    const args = ['--port', '0', '--proxy', live, '--report', join(folder, 'report.json')]
    const { code, err } = await runWhile(args, async (url) => {
      await rm(folder, { recursive: true })
      const response = await fetch(`${url}${path(1006)}`, { headers: basic('a', 'b') })
      expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ jobstateid: 6 })])
    })
    expect(code).toBe(0)
    expect(err).toMatch(/^(The report was not written: ENOENT.*\n){2}$/)
  })

  test('a report that cannot be written', async () => {
    const { code, err } = await runWhile([
      '--port',
      '0',
      '--proxy',
      'http://localhost:1',
      '--report',
      '/nowhere/at/all.json',
    ])
    expect(code).toBe(1)
    expect(err).toContain('/nowhere/at/all.json')
  })

  test('--proxy passes calls on, logs what it finds and writes the report', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-command-'))
    const report = join(folder, 'report.json')
    await using upstream = createMock()
    const { url: live } = await upstream.listen()
    const { out } = await runWhile(['--port', '0', '--proxy', live, '--report', report], async (url) => {
      await askFor(path(1006))(url)
      await askFor(path('01'))(url)
    })
    expect(out.slice(1)).toEqual([
      `Calls are passed on to ${live}/\n`,
      'GET /cfp/v1/imageinstall/1006/queue 200\n',
      'GET /cfp/v1/imageinstall/01/queue 422 path jobid: integer, at least 1; status: 200, 400, 401, 403, 404, 500\n',
    ])
    expect(upstream.requests.map(({ url }) => url)).toEqual([path(1006), path('01')])
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ requests: 2, requestsWithViolations: 1 })
    await rm(folder, { recursive: true })
  })

  test('a start that fails leaves the report of an earlier one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-command-'))
    const report = join(folder, 'report.json')
    await using upstream = createMock()
    const { url: live } = await upstream.listen()
    const args = (port: string) => ['--port', port, '--proxy', live, '--report', report]
    await runWhile(args('0'), async (url) => {
      await askFor(path(1006))(url)
      expect(await runWhile(args(new URL(url).port))).toMatchObject({ code: 1 })
    })
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ requests: 1 })
    await rm(folder, { recursive: true })
  })

  test('--version names the versions of the mock and of its contract', async () => {
    const { code, out } = await runWhile(['--version'])
    expect(code).toBe(0)
    expect(out.join('')).toMatch(
      new RegExp(`^\\S+ \\d+\\.\\d+\\.\\d+\ncontract ${specVersion}, sha256 ${specSha256}\n$`),
    )
  })

  test('--help lists every flag', async () => {
    const { code, out } = await runWhile(['--help'])
    expect(code).toBe(0)
    for (const flag of ['port', 'host', 'proxy', 'report', 'errors', 'live', 'quiet', 'json', 'version', 'help']) {
      expect(out.join('')).toContain(`--${flag} `)
    }
  })
})
