import { createClient, isBox, isCallError, isLetter, type Parcel } from '@image-install-queue/client'
import { validate } from '@image-install-queue/client/validate'
import { createMock } from '@image-install-queue/mock'

// Uses client and mock of the parcel contract as a user would. It compiles only where that contract is in place.
await using mock = createMock()
const { url } = await mock.listen()
const keys = { desk: 'north', key: 'desk-secret' }
const desk = createClient({ ...keys, depot: 'ams', baseUrl: url, validate, onContractViolation: 'throw' })
const trace = { 'X-Trace-Id': 'abc' }

const describe = (parcel: Parcel) =>
  isLetter(parcel) ? `${parcel.pages} pages` : isBox(parcel) ? `fragile: ${parcel.labels?.fragile}` : 'something else'
console.log((await desk.findParcels(trace)).map(describe).join(', '))
for (const _ of [1, 2]) console.log((await desk.findParcels({ ...trace, status: ['sent', 'lost in transit'] })).length)

const { data: letter, response } = await desk
  .registerParcel({ body: { kind: 'letter', labels: { to: 'Ann' } } })
  .withResponse()
console.log(response.status, letter.pages)
const nothing: undefined = await desk.cancelParcel({ id: 1 })
console.log(nothing)

for (const call of [() => desk.registerParcel({ body: { kind: 'refused' } }), () => desk.cancelParcel({ id: 404 })]) {
  const error = await call().catch((error: unknown) => error)
  console.log(
    isCallError(error) && error.code === 'api'
      ? `${error.status} ${error.outcome} ${/No such \w+/.exec(error.message)}`
      : error,
  )
}

const wrong: Record<string, () => Promise<unknown>> = {
  depot: () => desk.findParcels({ ...trace, depot: 'AMS' }),
  // @ts-expect-error a status that the contract does not have
  status: () => desk.findParcels({ ...trace, status: ['eaten'] }),
  // @ts-expect-error the header is required
  header: () => desk.findParcels(),
  // @ts-expect-error a parcel must have a kind
  body: () => desk.registerParcel({ body: {} }),
}
for (const [name, call] of Object.entries(wrong)) {
  console.log(
    `${name}: ${await call().then(
      () => 'accepted',
      () => 'rejected',
    )}`,
  )
}
const withoutCredentials = await fetch(`${url}/depots/ams/parcels`, { headers: trace })
const withoutKey = await fetch(`${url}/parcels/1`, { method: 'DELETE' })
console.log(withoutCredentials.status, withoutKey.status)
console.log(JSON.stringify(mock.requests).includes('desk-secret') ? 'the key leaked' : 'the key is redacted')
