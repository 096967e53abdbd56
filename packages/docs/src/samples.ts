import type { Document, Operation } from '@image-install-queue/contract'
import { sampleCall } from './samples/call.ts'
import { curl } from './samples/curl.ts'
import { python } from './samples/python.ts'
import { typescript } from './samples/typescript.ts'

/** The kinds of sample there are, in the order most used. Redoc knows a sample by its label. */
const kinds = [
  { label: 'curl', file: 'curl.sh', language: 'sh', write: curl },
  { label: 'TypeScript', file: 'typescript.ts', language: 'ts', write: typescript },
  { label: 'Python', file: 'python.py', language: 'python', write: python },
] as const

export interface Sample {
  readonly label: string
  readonly file: string
  readonly language: string
  readonly source: string
}

export const labels: readonly string[] = kinds.map(({ label }) => label)

/** The samples of one operation, written from the contract. */
export function samplesOf(operation: Operation, document: Document): Sample[] {
  const call = sampleCall(operation, document)
  return kinds.map(({ write, ...kind }) => ({ ...kind, source: write(call) }))
}
