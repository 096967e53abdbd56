import { knownFaults, type ReadFault, readFault } from './fault.ts'
import { createSequences, noSequences, type Sequences } from './sequences.ts'

/** What a mock remembers between requests. */
export interface Memory {
  readonly sequences: Sequences
  /** Lets the next requests fail. */
  fail(fault: string, times: number): void
  /** Takes the next fault that was ordered, if any. */
  nextFault(): ReadFault | undefined
  /** Forgets everything. */
  reset(): void
}

/** @param onReset is called when everything is forgotten */
export function createMemory(hasSequences: boolean, onReset: () => void = () => {}): Memory {
  const sequences = hasSequences ? createSequences() : noSequences
  const ordered: { readonly fault: ReadFault; left: number }[] = []
  return {
    sequences,
    fail(fault, times) {
      const read = readFault(fault)
      if (!read) throw new TypeError(`"${fault}" is not a fault. Known are: ${knownFaults}.`)
      if (!(times >= 1)) throw new TypeError(`${times} is not how many requests can fail: at least 1, or Infinity.`)
      ordered.push({ fault: read, left: times })
    },
    nextFault() {
      const [next] = ordered
      if (next && --next.left < 1) ordered.shift()
      return next?.fault
    },
    reset() {
      ordered.length = 0
      sequences.reset()
      onReset()
    },
  }
}
