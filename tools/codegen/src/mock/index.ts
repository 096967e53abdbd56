import type { Contract } from '@image-install-queue/spec/read'
import type { Files } from '../files.ts'

/** Everything the mock has from the contract. */
export async function generateMock(contract: Contract): Promise<Files> {
  return { 'contract.gen.ts': `export const specVersion = ${JSON.stringify(contract.version)}` }
}
