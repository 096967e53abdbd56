import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, readContract } from '@image-install-queue/contract'
import { temporaryFolder } from './temporary-folder.ts'

const folder = temporaryFolder()

/** Reads a contract from a string. */
export async function read(contract: string): Promise<Document> {
  const file = join(folder, 'contract.yaml')
  writeFileSync(file, contract)
  return (await readContract(file)).document
}

export const garden = readFileSync(
  join(import.meta.dirname, '../../../tools/contract/test/fixtures/garden.yaml'),
  'utf8',
)
