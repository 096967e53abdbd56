import type { Contract } from '@image-install-queue/contract/old/index'
import type { Files } from '../files.ts'
import { readMockOperations } from './operations.ts'
import { sampleRequest } from './sample.ts'

/** Everything the mock has from the contract. */
export async function generateMock(contract: Contract): Promise<Files> {
  const operations = await readMockOperations(contract)
  // Each operation is a text of its own, so that a mock of a thousand operations reads only those that are called.
  const entries = operations.flatMap(({ route, details }) => {
    const fields = Object.entries({ ...route, details: JSON.stringify(details) })
    return [`  {`, ...fields.map(([name, value]) => `    ${name}: ${JSON.stringify(value)},`), `  },`]
  })
  const secrets = operations.flatMap(({ details }) => details.security.flat().flatMap(({ header }) => header ?? []))
  const lines = [
    `import type { OperationSource, SampleRequest } from '../source.ts'`,
    ``,
    `/** \`info.version\` of the contract. */`,
    `export const specVersion = ${JSON.stringify(contract.version)}`,
    `/** SHA-256 of the contract's file, hexadecimal. */`,
    `export const specSha256 = ${JSON.stringify(contract.sha256)}`,
    `/** Headers that carry a credential, besides \`authorization\`. */`,
    `export const secretHeaders: readonly string[] = ${JSON.stringify([...new Set(secrets)])}`,
    `export const sample: SampleRequest | undefined = ${JSON.stringify(sampleRequest(contract))}`,
    `export const sources: readonly OperationSource[] = [`,
    ...entries,
    `]`,
  ]
  return { 'contract.gen.ts': lines.join('\n') }
}
