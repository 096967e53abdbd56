import { authorize } from './auth.ts'
import { perform } from './call.ts'
import type { Context } from './context.ts'
import type { Contract } from './contract.ts'
import { noStore } from './environment.ts'
import { baseUrlOf, guardHost } from './hosts.ts'
import type { Call, CallOptions } from './options.ts'
import type { Runtime } from './runtime.ts'
import { createHttp, type Http } from './transport.ts'

type Method = (parameters?: Readonly<Record<string, unknown>>, options?: CallOptions) => Call<unknown>

/** A client for any contract: a method for each operation, and `http`. */
export function makeClient(
  contract: Contract,
  options: Context['options'],
  runtime: Runtime,
): Record<string, Method> & { readonly http: Http } {
  const client: Record<string, Method> = {}
  for (const [name, operation] of Object.entries(contract.operations)) {
    const call = { name, operation, contract, options, runtime }
    client[name] = (parameters, own) => {
      const seen: { response?: Response } = {}
      const answer = perform(call, parameters ?? {}, own ?? {}, seen)
      // A call that has a result has a response.
      const both = (data: unknown) => ({ data, ...seen }) as { data: unknown; response: Response }
      return Object.assign(answer, { withResponse: () => answer.then(both) })
    }
  }
  let http: Http | undefined
  const get = () => {
    http ??= makeHttp(contract, options)
    return http
  }
  // The type cannot see what is defined here.
  return Object.defineProperty(client, 'http', { get }) as typeof client & { readonly http: Http }
}

function makeHttp(contract: Contract, options: Context['options']): Http {
  const caller = { name: 'http', contract, options }
  return createHttp(baseUrlOf(caller), async (request) => {
    guardHost(caller, request.url)
    const { headers } = await authorize(caller, contract.security)
    // A copy, since middleware sees the request again, beside the answer or the failure.
    const sent = new Request(request)
    for (const name in headers) sent.headers.set(name, `${headers[name]}`)
    return (options.fetch ?? fetch)(sent, { redirect: 'manual', ...noStore() })
  })
}
