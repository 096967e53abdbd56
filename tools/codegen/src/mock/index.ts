import { type Contract, readOperations, resolver } from '@image-install-queue/contract'
import { type Files, json } from '../files.ts'
import { mockOperations } from './operations.ts'
import { sampleRequest } from './sample.ts'

/** Everything the mock has from the contract. */
export async function generateMock(contract: Contract): Promise<Files> {
  const { document } = contract
  const operations = readOperations(document)
  const data = {
    sample: sampleRequest(document, operations, resolver(document)),
    operations: await mockOperations(document, operations),
  }
  return { 'contract.gen.json': json(data, contract) }
}
