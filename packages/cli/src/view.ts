import type { Poll } from './poll.ts'

/** Shows a watch. */
export interface View {
  /** Shows the result of one list request. */
  show(poll: Poll): Promise<void>
  /** Leaves what is shown as it is. */
  close(): void
}
