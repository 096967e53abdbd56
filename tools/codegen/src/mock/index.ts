import { type Contract, readOperations, resolver } from '@image-install-queue/contract'
import { type Files, json } from '../files.ts'
import { mockOperations } from './operations.ts'
import { sampleRequest } from './sample.ts'

/** Generates the data that the mock reads: a sample request, and each operation with its examples and scenarios. */
export async function generateMock(contract: Contract): Promise<Files> {
  const { document } = contract
  const operations = readOperations(document)
  const data = {
    sample: sampleRequest(document, operations, resolver(document)),
    operations: await mockOperations(document, operations),
  }
  return { 'contract.gen.json': json(data, contract) }
}
