import { authorize } from './auth.ts'
import { type Answer, perform } from './call.ts'
import type { Contract } from './contract.ts'
import { noStore } from './environment.ts'
import { baseUrlOf, guardHost } from './hosts.ts'
import type { Call, CallOptions, Settings } from './options.ts'
import { createHttp, type Http } from './transport.ts'

type Method = (parameters?: Readonly<Record<string, unknown>>, options?: CallOptions) => Call<unknown>

/** A client for any contract: a method for each operation, and `http`. */
export function makeClient(
  contract: Contract,
  options: Settings & Readonly<Record<string, unknown>>,
): Record<string, Method> & { readonly http: Http } {
  const client: Record<string, Method> = {}
  for (const [name, operation] of Object.entries(contract.operations)) {
    const call = { name, operation, contract, options }
    client[name] = (parameters, own) => toCall(perform(call, parameters, own))
  }
  let http: Http | undefined
  const get = () => {
    http ??= makeHttp(contract, options)
    return http
  }
  // The type cannot see what is defined here.
  return Object.defineProperty(client, 'http', { get }) as typeof client & { readonly http: Http }
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

function makeHttp(contract: Contract, options: Settings & Readonly<Record<string, unknown>>): Http {
  const caller = { name: 'http', contract, options }
  return createHttp(baseUrlOf(caller), async (request) => {
    guardHost(caller, request.url)
    const { headers } = await authorize(caller, contract.security)
    for (const name in headers) request.headers.set(name, `${headers[name]}`)
    return (options.fetch ?? fetch)(request, { redirect: 'manual', ...noStore() })
  })
}
