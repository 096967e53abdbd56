import { describe, expect, test, vi } from 'vitest'
import { readArgs, UsageError } from '../src/command/args.ts'

describe('flags', () => {
  test('have defaults', () => {
    expect(readArgs([])).toMatchObject({
      port: 4010,
      host: '127.0.0.1',
      quiet: false,
      json: false,
      upstream: undefined,
    })
  })

  test.each(['0', '1', '80', '65535'])('--port %s is a port', (port) => {
    expect(readArgs(['--port', port]).port).toBe(Number(port))
  })

  test.each(['65536', '99999', '123456', '-1', '1.5', 'x', '', '0x50', ' 80'])('--port "%s" is rejected', (port) => {
    expect(() => readArgs([`--port=${port}`])).toThrow(
      new UsageError(`--port ${port}: must be a number from 0 to 65535.`),
    )
  })

  test.each([
    [['--prot', '1'], "Unknown option '--prot'."],
    [['-p'], "Unknown option '-p'."],
    [['--port'], "Option '--port <value>' argument missing."],
    [['here'], "Unexpected argument 'here'."],
    [['--quiet=1'], "Option '--quiet' does not take an argument."],
    [['--errors'], '--errors requires --proxy.'],
    [['--live'], '--live requires --proxy.'],
    [['--report', 'file'], '--report requires --proxy.'],
    [['--host='], '--host requires an address.'],
    [['--report', ''], '--report requires a file name.'],
    [['--report', '--proxy', 'http://localhost'], "Option '--report' argument is ambiguous."],
    [['--port', '-1'], "Option '--port' argument is ambiguous."],
  ])('%j is rejected in one line', (args, message) => {
    const error = (() => {
      try {
        return readArgs(args)
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toBeInstanceOf(UsageError)
    expect(String(error)).toContain(message)
    expect(String(error)).not.toContain('\n')
  })
})

test.each([
  ['--help', '--live'],
  ['--version', '--port', 'x'],
])('%s works although other flags are invalid', (...args) => {
  expect(readArgs(args)).toMatchObject({ [args[0]?.slice(2) ?? '']: true })
})

describe('--proxy', () => {
  test.each([
    'http://localhost:8080',
    'http://127.0.0.1:1',
    'http://127.9.9.10',
    'http://[::1]:1',
    'https://api.localhost/base',
  ])('%s is accepted as this machine', (url) => {
    expect(readArgs(['--proxy', url]).upstream?.href).toBe(new URL(url).href)
  })

  test.each([
    '',
    'api.example',
    'ftp://localhost',
    'http://localhost/?a=1',
    'http://localhost/#a',
    'xhttp://localhost',
    'httpx://localhost',
    'javascript:alert(1)',
  ])('"%s" is not an upstream address', (url) => {
    expect(() => readArgs(['--proxy', url])).toThrow('--proxy requires a URL such as https://host.example')
  })

  test.each(['http://key:canary@localhost', 'http://canary@localhost', 'http://:canary@localhost'])(
    'credentials in %s are rejected and not repeated',
    (url) => {
      expect(() => readArgs(['--proxy', url])).toThrow(/^(?!.*canary).*accepts no credentials/)
    },
  )

  test('a live host requires --live, and the message names the effects', () => {
    expect(() => readArgs(['--proxy', 'https://api.example'])).toThrow(
      '--proxy https://api.example/ is a live host and requests have real effects ("Queue an image install"). Pass --live to confirm.',
    )
    expect(readArgs(['--proxy', 'https://api.example', '--live']).upstream?.href).toBe('https://api.example/')
  })

  test.each([
    [0, 'is a live host. Pass --live'],
    [3, 'requests have real effects ("Call 0", "Call 1", "Call 2").'],
    [4, 'requests have real effects ("Call 0", "Call 1", "Call 2" and more).'],
  ])('with %d state-changing operations the message names at most three', async (count, warning) => {
    const operations = Array.from({ length: count }, (_, i) => ({
      isStateChanging: true,
      summary: `Call ${i}`,
      path: `/${i}`,
    }))
    vi.resetModules()
    vi.doMock('../src/contract.ts', async (original) => ({ ...(await original<object>()), operations }))
    const other = await import('../src/command/args.ts')
    expect(() => other.readArgs(['--proxy', 'https://api.example'])).toThrow(warning)
  })

  test.each([
    'http://128.0.0.1',
    'http://[::]',
    'http://notlocalhost',
    'http://127.0.0.1.example',
    'http://localhost.example',
  ])('%s is rejected because credentials would be sent over plain HTTP', (url) => {
    expect(() => readArgs(['--proxy', url, '--live'])).toThrow('credentials are sent over HTTPS only')
  })
})
