import type { Poll } from './poll.ts'

/** Shows a watch. */
export interface View {
  /** Shows what one list request showed. */
  show(poll: Poll): Promise<void>
  /** Leaves what is shown as it is. */
  close(): void
}
