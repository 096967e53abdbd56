import type { paths } from '@image-install-queue/client'
import { createClient } from '@image-install-queue/client'
import createFetchClient from 'openapi-fetch'

/** One way to queue an install; resolves with the parsed body. */
export type Queue = (jobid: number) => Promise<unknown>

export type Peer = 'ours' | 'openapi-fetch' | 'hand-written fetch'

export interface Settings {
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
}

const authorization = `Basic ${btoa('access:secret')}`
const query = 'accountserviceid=5678&mirroring=true'

/** What is compared: our client, the library below it, and what somebody would write by hand. */
export const peers: Record<Peer, (settings: Settings) => Queue> = {
  ours: ({ baseUrl, fetch }) => {
    const client = createClient({ baseUrl, fetch, accessKey: 'access', secretKey: 'secret', accountserviceid: 5678 })
    return (jobid) => client.queueImageInstall({ jobid, mirroring: true })
  },

  'openapi-fetch': ({ baseUrl, fetch }) => {
    const client = createFetchClient<paths>({ baseUrl, fetch, headers: { authorization } })
    return async (jobid) => {
      const { data } = await client.GET('/cfp/v1/imageinstall/{jobid}/queue', {
        params: { path: { jobid }, query: { accountserviceid: 5678, mirroring: true } },
      })
      return data
    }
  },

  'hand-written fetch': ({ baseUrl, fetch }) => {
    return async (jobid) => {
      const response = await fetch(`${baseUrl}/cfp/v1/imageinstall/${jobid}/queue?${query}`, {
        headers: { authorization },
      })
      return await response.json()
    }
  },
}
