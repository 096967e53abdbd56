import { controlAnswer } from './control.ts'
import { preflight } from './cors.ts'
import type { Outcome } from './handler.ts'
import { bodyLimit, type Incoming } from './message.ts'
import { problem } from './problem.ts'
import { parseTarget, type Target } from './target.ts'

/** Where a call goes, or what becomes of a request that is none. */
export function readCall(incoming: Incoming): Target | Outcome {
  if (incoming.isTooLarge) return { answer: problem('body-too-large', `The limit is ${bodyLimit} bytes.`) }
  const target = parseTarget(incoming.target)
  const aside = controlAnswer(incoming, target.path) ?? preflight(incoming)
  return aside ? { answer: aside, isAside: true } : target
}
