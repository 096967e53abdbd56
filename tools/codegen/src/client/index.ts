import type { Contract } from '@image-install-queue/spec/read'
import type { Files } from '../files.ts'
import { schemaTypes } from './schema.ts'

/** Everything the client has from the contract. */
export async function generateClient(contract: Contract): Promise<Files> {
  return { 'schema.gen.ts': await schemaTypes(contract.document) }
}
