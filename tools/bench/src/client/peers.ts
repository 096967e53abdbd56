import type { paths } from '@image-install-queue/client'
import { createClient } from '@image-install-queue/client'
import createFetchClient from 'openapi-fetch'

/** One way to queue an install; resolves with the parsed body. */
export type Call = (jobid: number) => Promise<unknown>

export interface Settings {
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
}

const authorization = `Basic ${btoa('access:secret')}`
const query = 'accountserviceid=5678&mirroring=true'

/** What is compared: our client, the library below it, and what somebody would write by hand. */
export const peers: Record<string, (settings: Settings) => Call> = {
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

  'hand-written fetch, same guards': ({ baseUrl, fetch }) => {
    return async (jobid) => {
      if (!Number.isSafeInteger(jobid) || jobid < 1) throw new TypeError(`jobid ${jobid} is no positive integer`)
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort(), 30_000)
      try {
        const response = await fetch(`${baseUrl}/cfp/v1/imageinstall/${jobid}/queue?${query}`, {
          headers: { authorization },
          redirect: 'manual',
          cache: 'no-store',
          signal: controller.signal,
        })
        const body: unknown = JSON.parse(await response.text())
        if (!response.ok) throw new Error(`status ${response.status}`)
        if (typeof body !== 'object' || body === null) throw new Error('not an object')
        if ('success' in body && body.success === false) throw new Error('an error with status 200')
        if ('error' in body && body.error === true) throw new Error('an error with status 200')
        return body
      } finally {
        clearTimeout(timer)
      }
    }
  },
}
