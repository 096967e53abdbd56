import { authorize } from './auth.ts'
import { type Answer, type Call, type CallOptions, perform, type Settings } from './call.ts'
import type { Contract } from './contract.ts'
import { noStore } from './environment.ts'
import { baseUrlOf, guardHost } from './hosts.ts'
import type { Values } from './parameters.ts'
import { createHttp, createTransport, type Http } from './transport.ts'

export type Method = (parameters?: unknown, options?: CallOptions) => Call<unknown>

/** A client for any contract: a method for each operation, and `http`. */
export function makeClient(contract: Contract, settings: Settings & Values): Record<string, Method> & { http: Http } {
  const methods = Object.entries(createTransport(contract)).map(([name, send]): [string, Method] => [
    name,
    (parameters, options) => toCall(perform(contract, name, send, settings, parameters, options)),
  ])
  let http: Http | undefined
  const client = Object.fromEntries(methods)
  Object.defineProperty(client, 'http', {
    get: () => {
      http ??= makeHttp(contract, settings)
      return http
    },
  })
  // `http` was defined a line above, where the type cannot see it.
  return client as Record<string, Method> & { http: Http }
}

function toCall(answer: Promise<Answer>): Call<unknown> {
  const data = answer.then((found) => found.data)
  const withResponse = () => {
    // Whoever asks for the response handles the failure there.
    data.catch(() => {})
    return answer
  }
  return Object.assign(data, { withResponse })
}

function makeHttp(contract: Contract, settings: Settings & Values): Http {
  const send = async (name: string | undefined, request: Request): Promise<Response> => {
    const security = (name === undefined ? undefined : contract.operations[name]?.security) ?? []
    const label = name ?? 'http'
    if (security.flat().length > 0) guardHost(request.url, settings, label)
    const { headers } = await authorize(contract, security, settings, label)
    for (const [header, value] of Object.entries(headers)) request.headers.set(header, value)
    return (settings.fetch ?? globalThis.fetch)(request, { redirect: 'manual', ...noStore() })
  }
  return createHttp(contract, () => baseUrlOf(contract, settings, 'http'), send)
}
