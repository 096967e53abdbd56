import { describe, expectTypeOf, test } from 'vitest'
import {
  type ApiError,
  type CallError,
  type CallErrorCode,
  type ContractViolationError,
  createClient,
  type ErrorEnvelope,
  type HttpError,
  isCallError,
  isMachineJob,
  isMirrorJob,
  JobState,
  type MachineJob,
  type MirrorJob,
} from '../src/index.ts'

const client = createClient()

describe('a call', () => {
  test('resolves to a job, never to the error envelope', () => {
    expectTypeOf(client.queueImageInstall({ jobid: 1, mirroring: true })).resolves.toEqualTypeOf<
      MirrorJob | MachineJob
    >()
    expectTypeOf<Extract<Awaited<ReturnType<typeof client.queueImageInstall>>, ErrorEnvelope>>().toBeNever()
  })

  test('resolves to job and response on request', () => {
    const call = client.queueImageInstall({ jobid: 1, mirroring: true }).withResponse()
    expectTypeOf(call).resolves.toEqualTypeOf<{ data: MirrorJob | MachineJob; response: Response }>()
  })

  test('takes parameters and options', () => {
    const { signal } = new AbortController()
    const options = { signal, timeoutMs: 1, maxRetries: 1, headers: { a: 'b' } }
    void client.queueImageInstall({ jobid: 1, mirroring: true, accountserviceid: 1 }, options)
    void client.queueImageInstall({ jobid: 1, mirroring: true, accountserviceid: undefined }, { signal: undefined })
  })

  test('does not compile with a missing or wrong parameter', () => {
    // @ts-expect-error mirroring is missing
    void client.queueImageInstall({ jobid: 1 })
    // @ts-expect-error jobid is missing
    void client.queueImageInstall({ mirroring: true })
    // @ts-expect-error jobid is not a string
    void client.queueImageInstall({ jobid: '1', mirroring: true })
    // @ts-expect-error mirroring is not a number
    void client.queueImageInstall({ jobid: 1, mirroring: 1 })
    // @ts-expect-error there is no such parameter
    void client.queueImageInstall({ jobid: 1, mirroring: true, jobId: 1 })
    // @ts-expect-error there are no parameters
    void client.queueImageInstall()
    // @ts-expect-error there is no such option
    void client.queueImageInstall({ jobid: 1, mirroring: true }, { timeout: 1 })
  })
})

describe('a job narrows', () => {
  const job = {} as MirrorJob | MachineJob

  test('by guard', () => {
    if (isMirrorJob(job)) expectTypeOf(job).toEqualTypeOf<MirrorJob>()
    else expectTypeOf(job).toEqualTypeOf<MachineJob>()
    if (isMachineJob(job)) expectTypeOf(job.machinejobid).toEqualTypeOf<number>()
  })

  test('by in', () => {
    if ('versionmirrorid' in job) expectTypeOf(job.versionmirrorid).toEqualTypeOf<number>()
    else expectTypeOf(job).toEqualTypeOf<MachineJob>()
  })

  test('and has no field of one kind before', () => {
    // @ts-expect-error only mirror jobs have it
    job.versionmirrorid
  })
})

describe('a client', () => {
  test('takes credentials as string or function', () => {
    createClient({ accessKey: 'a', secretKey: () => 'b', accountserviceid: 1, timeoutMs: 1 })
    createClient({ token: async () => 'a', baseUrl: 'https://x.test' })
    // @ts-expect-error a credential is not a number
    createClient({ accessKey: 1 })
    // @ts-expect-error there is no such option
    createClient({ apiKey: 'a' })
  })

  test('has openapi-fetch behind http', () => {
    const call = client.http.GET('/cfp/v1/imageinstall/{jobid}/queue', {
      params: { path: { jobid: 1 }, query: { accountserviceid: 1, mirroring: true } },
    })
    type Data = NonNullable<Awaited<typeof call>['data']>
    expectTypeOf<Data>().toExtend<MirrorJob | MachineJob | ErrorEnvelope>()
    expectTypeOf<MirrorJob | MachineJob | ErrorEnvelope>().toExtend<Data>()
    // @ts-expect-error there is no such path
    void client.http.GET('/cfp/v1/nothing')
  })
})

describe('an error', () => {
  test('has the fields of the API after its code was compared', () => {
    const error: unknown = undefined
    if (isCallError(error) && error.code === 'api') {
      expectTypeOf(error.error_code).toEqualTypeOf<number | undefined>()
      expectTypeOf(error.error_message).toEqualTypeOf<string | undefined>()
      expectTypeOf(error.messages).toEqualTypeOf<string[] | undefined>()
    }
    if (isCallError(error)) {
      if (error.code === 'http' || error.code === 'api') expectTypeOf(error).toExtend<HttpError>()
      if (error.code === 'contract_violation') expectTypeOf(error.data).toBeUnknown()
      if (error.outcome === 'accepted') expectTypeOf(error).toEqualTypeOf<ContractViolationError>()
      expectTypeOf(error).toExtend<CallError>()
    }
    expectTypeOf<ApiError>().toExtend<HttpError>()
    expectTypeOf<HttpError>().toExtend<CallError>()
    expectTypeOf<CallError['code']>().toEqualTypeOf<CallErrorCode>()
  })
})

test('states have names', () => {
  expectTypeOf(JobState.Completed).toEqualTypeOf<5>()
  expectTypeOf<JobState>().toEqualTypeOf<number>()
})
