import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { run } from '../src/command/run.ts'
import { createMock, specSha256, specVersion } from '../src/index.ts'
import { bodyLimit } from '../src/message.ts'
import { basic, exchange, path, temporaryFolder } from './support.ts'

const command = fileURLToPath(new URL('../bin/mock.js', import.meta.url))
const canary = 'canary-secret'

let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
  child = undefined
})

/** Starts the built command and reads its lines one by one. */
async function start(...args: string[]) {
  child = spawn(process.execPath, [command, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { stdout } = child
  if (!stdout) throw new Error('no output')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const next = async () => (await lines.next()).value as string
  return { process: child, next }
}

/** Starts the built command and stops reading its output after the first lines. */
async function startUnread() {
  child = spawn(process.execPath, [command, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { stdout } = child
  if (!stdout) throw new Error('no output')
  const [first] = await once(stdout, 'data')
  stdout.pause()
  const [url] = /http:[\d./:]+/.exec(`${first}`) ?? []
  // Each line is longer than 1,000 characters, and a pipe takes 64 KiB.
  for (let i = 0; i < 300; i++) expect((await fetch(`${url}/${'x'.repeat(1000)}`)).status).toBe(404)
  return { process: child, stdout, url }
}

const failing = (...args: string[]) =>
  promisify(execFile)(process.execPath, [command, ...args]).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  )

describe('the built command', () => {
  test('prints its address and a request that works, and logs no query and no credentials', async () => {
    const { next } = await start()
    const [, url = ''] = /listens on (http:\S+)$/.exec(await next()) ?? []
    const [, target] = /^Try: curl .*'(http:\S+)'$/.exec(await next()) ?? []
    expect(target?.startsWith(`${url}/`)).toBe(true)
    expect((await fetch(`${target}`, { headers: basic('key', canary) })).status).toBe(200)
    expect(await next()).toMatch(/^GET [^?]+ 200 \w+$/)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 on %s, also with a request in progress', async (signal) => {
    const { process, next } = await start()
    const [, url] = /listens on (http:\S+)$/.exec(await next()) ?? []
    const headers = { ...basic('a', 'b'), 'mock-fault': 'hang' }
    const pending = fetch(`${url}${path(1)}`, { headers }).catch((error) => error)
    await next()
    await next()
    process.kill(signal)
    expect((await once(process, 'exit'))[0]).toBe(0)
    expect(await pending).toBeInstanceOf(TypeError)
  })

  test('drops log lines while its output is not read, and still ends on SIGTERM', async () => {
    const { process } = await startUnread()
    process.kill('SIGTERM')
    expect((await once(process, 'exit'))[0]).toBe(0)
  })

  test('reports how many log lines were dropped', async () => {
    const { stdout, url } = await startUnread()
    let text = ''
    stdout.on('data', (chunk) => {
      text += chunk
    })
    stdout.resume()
    await expect
      .poll(async () => {
        await fetch(`${url}/`)
        return text
      })
      .toMatch(/^\d+ log lines were dropped: they were not read in time\.$/m)
  })

  // As in a container, where process 1 ignores signals that it does not handle.
  const asProcess1 = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child']
  const [unshare = '', ...flags] = asProcess1
  const canUnshare = spawnSync(unshare, [...flags, 'true']).status === 0

  test.runIf(canUnshare)('ends with 0 on SIGTERM as process 1', async () => {
    child = spawn(unshare, [...flags, process.execPath, command, '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { pid, stdout } = child
    if (!stdout) throw new Error('no output')
    const [line] = await once(stdout, 'data')
    expect(JSON.parse(`${line}`.split('\n')[0] ?? '')).toMatchObject({ event: 'listening', pid: 1 })
    // The pid outside of the namespace.
    const inner = execFileSync('pgrep', ['--parent', `${pid}`], { encoding: 'utf8' }).trim()
    process.kill(Number(inner), 'SIGTERM')
    expect((await once(child, 'exit'))[0]).toBe(0)
  })

  test('returns random data', async () => {
    const { next } = await start('--quiet')
    const [, url] = /listens on (http:\S+)$/.exec(await next()) ?? []
    const response = await fetch(`${url}${path(1)}`, {
      headers: { ...basic('a', 'b'), prefer: 'dynamic=true' },
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(expect.any(Object))
  })

  test('continues when the reader of its lines has ended', async () => {
    const { process, next } = await start()
    const [, url] = /listens on (http:\S+)$/.exec(await next()) ?? []
    process.stdout?.destroy()
    for (let i = 0; i < 3; i++) {
      expect((await fetch(`${url}${path(1)}`, { headers: basic('a', 'b') })).status).toBe(200)
    }
  })

  test('prints one line and ends with 2 for an invalid flag', async () => {
    expect(await failing('--prot', '1')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: "Unknown option '--prot'. --help lists the flags.\n",
    })
  })
})

describe('run', () => {
  /** Runs the command in this process until the work is done, and returns its output. */
  async function runWhile(args: string[], work: (url: string) => Promise<void> = async () => {}, env = {}) {
    const out: string[] = []
    const err: string[] = []
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0)
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0)
    try {
      const stopped = async () => work(/http:\/\/[^\s"]+/.exec(out.join(''))?.[0] ?? '')
      const code = await run(args, { env, stopped })
      return { code, out, err: err.join('') }
    } finally {
      stdout.mockRestore()
      stderr.mockRestore()
    }
  }
  const askFor = (target: string) => async (url: string) => {
    await (await fetch(`${url}${target}`, { headers: basic('key', canary) })).text()
  }

  test('PORT chooses the port, unless --port is given', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const env = { PORT: `${(other.address() as AddressInfo).port}` }
    expect(await runWhile([], undefined, env)).toMatchObject({
      code: 1,
      err: 'The port is in use. Choose another with --port, or a free one with --port 0.\n',
    })
    expect(await runWhile(['--port', '0'], undefined, env)).toMatchObject({ code: 0, err: '' })
    expect(await runWhile([], undefined, { PORT: 'http' })).toMatchObject({
      code: 2,
      err: 'PORT=http: must be a number from 0 to 65535. --help lists the flags.\n',
    })
    other.close()
  })

  test('--address-file has the URL while the mock listens, and never that of an earlier one', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'url')
    const args = ['--port', '0', '--address-file', file]
    await runWhile(args, async (url) => {
      expect(await readFile(file, 'utf8')).toBe(`${url}\n`)
    })
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
    await writeFile(file, 'http://127.0.0.1:1')
    expect(await runWhile(['--host', '192.0.2.1', ...args])).toMatchObject({
      code: 1,
      err: 'The address of --host does not belong to this machine.\n',
    })
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await runWhile(['--port', '0', '--address-file', join(folder, 'none/url')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('none/url'),
    })
  })

  test('--control allows the request log to other machines', async () => {
    const status = async (...args: string[]) => {
      let seen = 0
      const { out } = await runWhile(['--port', '0', '--host', '0.0.0.0', ...args], async (url) => {
        seen = (await fetch(`${url}/__mock/requests`)).status
      })
      return [seen, out.join('').includes('They can also read the request log and inject faults.')]
    }
    expect(await status()).toEqual([403, false])
    expect(await status('--control')).toEqual([200, true])
  })

  test('requests that are not valid HTTP get a problem and a log line', async () => {
    const { out } = await runWhile(['--port', '0'], async (url) => {
      const port = Number(new URL(url).port)
      const long = await exchange(port, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: mock\r\n\r\n`)
      expect(long).toMatch(/^HTTP\/1\.1 431 [\s\S]*urn:image-install-queue-mock:malformed-request.*"status":431/)
      const noHost = await exchange(port, 'GET / HTTP/1.1\r\n\r\n')
      expect(noHost).toMatch(/^HTTP\/1\.1 400 [\s\S]*malformed-request.*The request has no Host header\./)
      expect(await exchange(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*malformed-request/)
    })
    expect(out.slice(2)).toEqual([
      '431 malformed request: The URL and headers exceed 16 KiB.\n',
      '400 malformed request: The request has no Host header.\n',
      expect.stringMatching(/^400 malformed request: Parse Error: .*\n$/),
    ])
  })

  test('--quiet prints version, address and a curl line only', async () => {
    const { code, out } = await runWhile(['--port', '0', '--quiet'], askFor(path(1)))
    const [, url] = /(http:\S+)\n$/.exec(out[0] ?? '') ?? []
    expect([code, ...out]).toEqual([
      0,
      expect.stringMatching(
        /^@image-install-queue\/mock \d+\.\d+\.\d+, contract \d+\.\d+\.\d+, listens on http:\S+\n$/,
      ),
      `Try: curl --user key:secret '${url}${path(1003)}'\n`,
    ])
  })

  test('--json prints each line as JSON, without query and credentials', async () => {
    const { out } = await runWhile(
      ['--port', '0', '--json'],
      askFor(path(1006, 'accountserviceid=77777&mirroring=true')),
    )
    const lines = out.map((line) => JSON.parse(line))
    expect(lines.map(({ event }) => event)).toEqual(['listening', 'hint', 'request'])
    expect(lines[2]).toMatchObject({
      method: 'GET',
      path: '/cfp/v1/imageinstall/1006/queue',
      status: 200,
      scenario: 'mirrorFailed',
      ms: expect.any(Number),
    })
    expect(out.join('')).not.toMatch(/77777|canary/)
  })

  test('--json prints address, upstream and warning as fields', async () => {
    const lines = async (...args: string[]) => {
      const { out } = await runWhile(['--port', '0', '--json', ...args])
      return out.map((line) => JSON.parse(line))
    }
    expect(await lines('--host', '0.0.0.0', '--proxy', 'http://localhost:1')).toMatchObject([
      { event: 'listening', url: expect.stringMatching(/^http:/), specVersion },
      { event: 'proxy', upstream: 'http://localhost:1/' },
      { event: 'warning', warning: expect.stringContaining('any credentials are accepted') },
    ])
  })

  test('--no-sequences always returns the first step of a sequence', async () => {
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
    ['missing', {}, (schemes: string) => `required (${schemes})`],
    ['malformed', { authorization: `Basic ${canary}` }, (schemes: string) => `expected ${schemes}`],
  ])(
    'a line about %s credentials names the accepted schemes and nothing of the credentials',
    async (_, headers, text) => {
      const { out } = await runWhile(['--port', '0'], async (url) => {
        await (await fetch(`${url}${path(1)}`, { headers })).text()
      })
      expect(out.slice(2)).toEqual([
        `GET /cfp/v1/imageinstall/1/queue 401 header authorization: ${text('Basic and the base64 of user:password, or Bearer and a token')}\n`,
      ])
    },
  )

  test.each([
    ['delay=1', '200 mirrorJob; fault delay=1'],
    ['truncate', '200 mirrorJob; fault truncate'],
    ['html-502', '502 fault html-502'],
    ['rate-limit; retry-after=2', '429 fault rate-limit; retry-after=2'],
    ['reset', 'no response fault reset'],
  ])('the fault %s is logged with what the caller got', async (fault, logged) => {
    const { out } = await runWhile(['--port', '0'], async (url) => {
      const headers = { ...basic('a', 'b'), 'mock-fault': fault }
      await fetch(`${url}${path(1)}`, { headers }).catch(() => {})
    })
    expect(out[2]).toBe(`GET /cfp/v1/imageinstall/1/queue ${logged}\n`)
  })

  test('a name with control characters cannot forge a line', async () => {
    const { out } = await runWhile(['--port', '0'], askFor(path(1, '%1b[2J%0aGET%20/%20200%E2%80%AE=s3cret')))
    expect(out[2]).toMatch(/^GET [\x20-\x7e]+ 422 query \?\[2J\?GET \/ 200\?: expected only [\x20-\x7e]+\n$/)
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

  test('a file that cannot be written is not reported as a port', async () => {
    const error = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: 'open' })
    const refuse = () => Promise.reject(error)
    expect(await runWhile(['--port', '0'], refuse)).toMatchObject({ code: 1, err: 'EACCES: permission denied\n' })
  })

  test('an unexpected error is thrown unchanged', async () => {
    await expect(runWhile(['--port', '0'], () => Promise.reject(new Error('odd')))).rejects.toThrow('odd')
  })

  test('--proxy works without a report, and logs unanswered requests at the end', async () => {
    await using upstream = createMock()
    const { url: live } = await upstream.listen()
    const { code, out } = await runWhile(['--port', '0', '--proxy', live], async (url) => {
      const headers = { ...basic('a', 'b'), 'mock-fault': 'hang' }
      upstream.fail('hang')
      const given = new AbortController()
      const unanswered = fetch(`${url}${path(1006)}`, { headers, signal: given.signal }).catch(() => {})
      while (upstream.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
      given.abort()
      await unanswered
    })
    expect(code).toBe(0)
    expect(out.at(-1)).toBe('Stopped with 1 forwarded requests unanswered; their outcome is unknown.\n')
  })

  test('a report that cannot be written does not affect responses', async () => {
    const folder = await temporaryFolder()
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

  test('a report that cannot be written at the start ends with 1', async () => {
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

  test('--proxy forwards requests, logs violations and writes the report', async () => {
    const report = join(await temporaryFolder(), 'report.json')
    await using upstream = createMock()
    const { url: live } = await upstream.listen()
    const { out } = await runWhile(['--port', '0', '--proxy', live, '--report', report], async (url) => {
      await askFor(path(1006))(url)
      await askFor(path('01'))(url)
    })
    expect(out.slice(1)).toEqual([
      `Forwarding to ${live}/\n`,
      'GET /cfp/v1/imageinstall/1006/queue 200\n',
      'GET /cfp/v1/imageinstall/01/queue 422 path jobid: expected integer, at least 1; status: expected 200, 400, 401, 403, 404, 500\n',
    ])
    expect(upstream.requests.map(({ url }) => url)).toEqual([path(1006), path('01')])
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ requests: 2, requestsWithViolations: 1 })
  })

  test('a start that fails keeps the report of an earlier one', async () => {
    const report = join(await temporaryFolder(), 'report.json')
    await using upstream = createMock()
    const { url: live } = await upstream.listen()
    const args = (port: string) => ['--port', port, '--proxy', live, '--report', report]
    await runWhile(args('0'), async (url) => {
      await askFor(path(1006))(url)
      expect(await runWhile(args(new URL(url).port))).toMatchObject({ code: 1 })
    })
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ requests: 1 })
  })

  test('--version prints the versions of the mock and its contract', async () => {
    const { code, out } = await runWhile(['--version'])
    expect(code).toBe(0)
    expect(out.join('')).toMatch(
      new RegExp(`^\\S+ \\d+\\.\\d+\\.\\d+\ncontract ${specVersion}, sha256 ${specSha256}\n$`),
    )
  })

  test('--help lists every flag', async () => {
    const { code, out } = await runWhile(['--help'])
    expect(code).toBe(0)
    const flags = 'port host control address-file no-sequences quiet json version help proxy live errors report'
    for (const flag of flags.split(' ')) expect(out.join('')).toContain(`  --${flag} `)
  })
})
