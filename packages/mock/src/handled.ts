import type { ReadFault } from './fault.ts'
import type { Reply } from './message.ts'
import type { Violation } from './violation.ts'

/** What becomes of a request: a reply, and perhaps a fault on its way to the caller. */
export interface Handled {
  readonly reply: Reply
  readonly operationId?: string
  /** The scenario or example that answered. */
  readonly scenario?: string | undefined
  readonly fault?: ReadFault | undefined
  /** What is wrong with the request. */
  readonly violations?: readonly Violation[]
  /** Asked of the mock itself, or by a browser on its own: no call of the contract. */
  readonly isAside?: true
}
