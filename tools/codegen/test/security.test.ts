import { describe, expect, it } from 'vitest'
import { generatedFrom } from './support/generate.ts'

const call = (more: object = {}) => ({
  get: { operationId: 'call', responses: { 204: { description: 'Done.' } }, ...more },
})

const contractWith = (securitySchemes: object, security: object[], more: object = {}) => ({
  security,
  components: { securitySchemes },
  paths: { '/call': call(more) },
})

describe.each(['client', 'mock'] as const)('generating for the %s', (target) => {
  it.each([
    [{ type: 'http', scheme: 'digest' }, 'http digest'],
    [{ type: 'apiKey', in: 'cookie', name: 'key' }, 'apiKey in cookie'],
    [{ type: 'apiKey', in: 'query', name: 'key' }, 'apiKey in query'],
    [{ type: 'mutualTLS' }, 'mutualTLS'],
    [{ type: 'openIdConnect', openIdConnectUrl: 'https://id.example' }, 'openIdConnect'],
  ])('stops at the security scheme %j, names it and writes nothing', async (scheme, kind) => {
    expect(await generatedFrom(target, contractWith({ login: scheme }, [{ login: [] }]))).toEqual({
      exitCode: 1,
      complaints: [
        `Security scheme "login" (${kind}) is not supported: use HTTP Basic, HTTP Bearer or an apiKey in a header.`,
      ],
      files: {},
    })
  })

  it.each([{}, { components: {} }, { components: { securitySchemes: {} } }])(
    'stops at a security scheme that is used but not declared: %j',
    async (more) => {
      const contract = { ...contractWith({}, [{ login: [] }]), components: undefined, ...more }
      expect(await generatedFrom(target, contract)).toEqual({
        exitCode: 1,
        complaints: ['Security scheme "login" is used but not declared.'],
        files: {},
      })
    },
  )

  it('does not mind an unsupported scheme that no operation uses', async () => {
    const contract = contractWith({ login: { type: 'http', scheme: 'digest' } }, [{ login: [] }], { security: [] })
    const { exitCode } = await generatedFrom(target, { ...contract, security: undefined })
    expect(exitCode).toBe(0)
  })
})

describe('the credentials of a client', () => {
  const schemes = {
    user: { type: 'http', scheme: 'Basic', description: 'Of your account.' },
    'other user': { type: 'http', scheme: 'basic' },
    token: {
      type: 'http',
      scheme: 'bearer',
      'x-client': { token: { option: 'pass', env: 'PASS', requires: 'baseUrl' } },
    },
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  }

  it('have the options that the contract names, or those of their kind, or of the scheme when that is taken', async () => {
    const contract = contractWith(schemes, [{ user: [], 'other user': [] }, { token: [] }, { key: [] }])
    const { files } = await generatedFrom('client', contract)
    const [table = '', operations = ''] = [files['contract.gen.ts'], files['operations.gen.ts']]
    expect(table).toContain(`user: basic({ option: 'username' }, { option: 'password' })`)
    expect(table).toContain(`'other user': basic({ option: 'other user_username' }, { option: 'other user_password' })`)
    expect(table).toContain(`token: bearer({ option: 'pass', env: 'PASS', requires: 'baseUrl' })`)
    expect(table).toContain(`key: apiKey('x-key', { option: 'apiKey' })`)
    expect(table).toContain(`import { apiKey, basic, bearer } from '../auth.ts'`)
    expect(table).toContain(`[[schemes.token], [schemes.key], [schemes.user, schemes['other user']]]`)
    expect(operations).toMatch(/User name of the scheme `user`\.\n.*\n.*Of your account\./)
    expect(operations).toContain('Needs `baseUrl` beside it.')
    expect(operations).toContain('Falls back to the environment variable `PASS`.')
  })

  it.each(['timeoutMs', 'baseUrl'])('cannot take the name of the option %s, which the client has', async (name) => {
    const key = { type: 'apiKey', in: 'header', name: 'X-Key', 'x-client': { apiKey: { option: name } } }
    const { exitCode, complaints } = await generatedFrom('client', contractWith({ key }, [{ key: [] }]))
    expect({ exitCode, complaints }).toEqual({
      exitCode: 1,
      complaints: [
        `The option "${name}" of a security scheme has a name that the client uses already: give it another with x-client.`,
      ],
    })
  })

  it('are those of the operation where it has its own', async () => {
    const own = contractWith(schemes, [{ token: [] }], { security: [{ key: [] }, {}] })
    const { files } = await generatedFrom('client', own)
    expect(files['contract.gen.ts']).toContain('security: [[], [schemes.key]]')
    const alone = await generatedFrom('client', { ...own, security: undefined })
    expect(alone.files['contract.gen.ts']).toContain('const security = [[], [schemes.key]]')
  })

  it('are none where the contract asks for none', async () => {
    const { files } = await generatedFrom('client', { paths: { '/call': call() } })
    expect(files['contract.gen.ts']).toContain('const security = [[]]')
    expect(files['contract.gen.ts']).not.toContain('schemes')
  })
})

describe('the credentials of the mock', () => {
  it('are the ways to be let in, and its secret headers those of API keys', async () => {
    const securitySchemes = {
      user: { type: 'http', scheme: 'BASIC' },
      token: { type: 'http', scheme: 'bearer' },
      key: { $ref: '#/components/securitySchemes/real' },
      real: { type: 'apiKey', in: 'header', name: 'X-Key' },
    }
    const { files } = await generatedFrom('mock', contractWith(securitySchemes, [{ user: [] }, { token: [], key: [] }]))
    const table = files['contract.gen.ts']
    expect(table).toContain(
      String.raw`\"security\":[[{\"kind\":\"basic\"}],[{\"kind\":\"bearer\"},{\"kind\":\"apiKey\",\"header\":\"x-key\"}]]`,
    )
    expect(table).toContain('secretHeaders: readonly string[] = ["x-key"]')
  })
})
