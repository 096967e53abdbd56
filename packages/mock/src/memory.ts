import { operations } from './contract.ts'
import { knownFaults, type ReadFault, readFault } from './fault.ts'
import { createSequences, noSequences, type Sequences } from './sequences.ts'

/** What a mock remembers between requests. */
export interface Memory {
  readonly sequences: Sequences
  /** Lets the next requests fail. */
  fail(fault: string, times: number, operationId?: string): void
  /** Takes the next fault that was ordered, if any. */
  nextFault(operationId: string): ReadFault | undefined
  /** Forgets everything. */
  reset(): void
}

/** @param onReset is called when everything is forgotten */
export function createMemory(hasSequences: boolean, onReset: () => void = () => {}): Memory {
  const sequences = hasSequences ? createSequences() : noSequences
  const ordered: { readonly fault: ReadFault; readonly operationId: string | undefined; left: number }[] = []
  return {
    sequences,
    fail(fault, times, operationId) {
      const read = readFault(fault)
      if (!read) throw new TypeError(`"${fault}" is not a fault. Known are: ${knownFaults}.`)
      if (!(times >= 1))
        throw new TypeError(`${times} is not a number of requests. \`times\` must be at least 1 or Infinity.`)
      const known = operations.map((operation) => operation.operationId)
      if (operationId !== undefined && !known.includes(operationId))
        throw new TypeError(`"${operationId}" is not an operation. Known are: ${known.join(', ')}.`)
      ordered.push({ fault: read, operationId, left: times })
    },
    nextFault(called) {
      const next = ordered.find(({ operationId }) => operationId === undefined || operationId === called)
      if (next && --next.left < 1) ordered.splice(ordered.indexOf(next), 1)
      return next?.fault
    },
    reset() {
      ordered.length = 0
      sequences.reset()
      onReset()
    },
  }
}
