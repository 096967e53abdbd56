import type { Document, Operation } from '@image-install-queue/contract'
import { sampleCall } from './samples/call.ts'
import { curl } from './samples/curl.ts'
import { python } from './samples/python.ts'
import { typescript } from './samples/typescript.ts'

/** The languages of the samples, most used first. */
const kinds = [
  { label: 'curl', language: 'sh', print: curl },
  { label: 'TypeScript', language: 'ts', print: typescript },
  { label: 'Python', language: 'py', print: python },
]

export const labels = kinds.map(({ label }) => label)

/** The samples of an operation. */
export function samplesOf(operation: Operation, document: Document) {
  const call = sampleCall(operation, document)
  return kinds.map(({ label, language, print }) => ({ label, language, source: print(call) }))
}
