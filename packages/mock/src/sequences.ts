import type { MockExample, MockOperation } from './contract.ts'

/** Goes through the examples that follow one another by `x-next`. */
export interface Sequences {
  /** The example that is due where this one was chosen. */
  step(operation: MockOperation, chosen: MockExample): MockExample
  /** Starts all sequences over. */
  reset(): void
}

/** One counter for each sequence; the last example of one stays. */
export function createSequences(): Sequences {
  const due = new Map<MockExample, MockExample>()
  return {
    step(operation, chosen) {
      const example = due.get(chosen) ?? chosen
      const next = operation.examples.find(({ name, key }) => name === example.next && key === example.key)
      if (next) due.set(chosen, next)
      return example
    },
    reset: () => due.clear(),
  }
}

/** Each time the first. */
export const noSequences: Sequences = { step: (_, chosen) => chosen, reset() {} }
