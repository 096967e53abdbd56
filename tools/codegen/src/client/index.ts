import { type Contract, readOperations, resolver } from '@image-install-queue/contract'
import { type Files, typescript } from '../files.ts'
import { clientInterface } from './operations.ts'
import { schemaTypes } from './schema.ts'
import { contractTable } from './table.ts'
import { responseSchemas } from './validators.ts'

/** Everything the client has from the contract. */
export async function generateClient(contract: Contract): Promise<Files> {
  const { document } = contract
  const [operations, resolve] = [readOperations(document), resolver(document)]
  return {
    'schema.gen.ts': typescript(await schemaTypes(document), contract),
    'contract.gen.ts': typescript(contractTable(contract, operations, resolve), contract),
    'operations.gen.ts': typescript(clientInterface(document, operations, resolve), contract),
    'validators.gen.ts': typescript(responseSchemas(operations, resolve), contract),
  }
}
