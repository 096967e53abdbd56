import { createClient } from '@image-install-queue/client'
import { createMock } from '@image-install-queue/mock'

// Uses the operation that was added to the parcel contract.
const { fetch } = createMock()
const desk = createClient({ token: 'secret', baseUrl: 'http://localhost', fetch })
console.log((await desk.weighParcels({ depot: 'ams' })).kilograms)
