import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@image-install-queue/client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { command } from './support.ts'

afterEach(() => vi.unstubAllEnvs())

describe('an incomplete or invalid environment', () => {
  const keys = { CLANFORGE_ACCESS_KEY: 'any', CLANFORGE_SECRET_KEY: 'keys' }
  const account = { CLANFORGE_ACCOUNT_SERVICE_ID: '7001' }

  it.each<[Record<string, string>, string]>([
    [account, 'no credentials. Set CLANFORGE_ACCESS_KEY and CLANFORGE_SECRET_KEY, or CLANFORGE_TOKEN.'],
    [keys, 'no account service ID. Set CLANFORGE_ACCOUNT_SERVICE_ID or pass --account-service-id.'],
    [{ ...keys, CLANFORGE_ACCOUNT_SERVICE_ID: 'x' }, 'CLANFORGE_ACCOUNT_SERVICE_ID must be a positive whole number.'],
    [{ ...account, CLANFORGE_ACCESS_KEY: 'any' }, 'CLANFORGE_SECRET_KEY is not set.'],
    [{ ...account, CLANFORGE_SECRET_KEY: 'keys' }, 'CLANFORGE_ACCESS_KEY is not set.'],
    [{ ...account, ...keys, CLANFORGE_ACCESS_KEY: 'a:b' }, 'CLANFORGE_ACCESS_KEY must not contain colons'],
    [{ ...account, ...keys, CLANFORGE_SECRET_KEY: 'a\u0007' }, 'CLANFORGE_SECRET_KEY must not contain control'],
    [{ ...account, ...keys, CLANFORGE_TOKEN: 't' }, 'two kinds of credentials. Unset CLANFORGE_TOKEN, or both'],
    [{ ...account, CLANFORGE_TOKEN: 't' }, 'no host for CLANFORGE_TOKEN'],
    [{ ...account, ...keys, CLANFORGE_BASE_URL: 'http://example.com' }, 'CLANFORGE_BASE_URL uses plain http'],
    [
      { ...account, CLANFORGE_TOKEN: 'a b', CLANFORGE_BASE_URL: 'https://example.com' },
      'CLANFORGE_TOKEN must be printable',
    ],
  ])('is reported by the names of variables and options: %j', async (env, message) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const { exit, err } = await command('list', createClient(), { env: { CLANFORGE_BASE_URL: '', ...env } })
    expect(exit).toBe(2)
    expect(err).toContain(message)
    expect(err).toMatch(/\nFor setup: image-install-queue --help\n$/)
    expect(err).not.toMatch(/listImageInstalls|accountserviceid|baseUrl|allowHttpHost|accessKey|secretKey|`token`/)
  })
})

it('an incomplete environment is all that `queue` reports', async () => {
  const { exit, err } = await command('queue 1', createClient(), { env: { CLANFORGE_BASE_URL: '' }, isTTY: true })
  expect(exit).toBe(2)
  expect(err).toMatch(/^no account service ID\..*\nno credentials\..*\nFor setup: image-install-queue --help\n$/)
})

describe('the hosts of the contract', () => {
  const contract = readFileSync(join(import.meta.dirname, '../../../spec/openapi.yaml'), 'utf8')
  const servers = [...contract.matchAll(/^ {2}- url: (\S+)$/gm)].map(([, url = '']) => url)

  it('are named for a token without a host', async () => {
    vi.stubEnv('CLANFORGE_TOKEN', 't')
    const { err } = await command('list', createClient(), { env: { CLANFORGE_BASE_URL: '' } })
    expect(servers.length).toBeGreaterThan(1)
    expect(err).toContain(`Set CLANFORGE_BASE_URL to ${servers.join(' or ')}.`)
  })

  it('start with the one that the confirmation names by default', async () => {
    const { err } = await command('queue 1 --mirroring true --again', createClient(), {
      ...{ isTTY: true, env: { CLANFORGE_BASE_URL: '' } },
    })
    expect(err).toContain(`This queues one install on ${new URL(servers[0] ?? '').host}, account service 5678:`)
  })
})
