import { controlAnswer } from './control.ts'
import { preflight, withCors } from './cors.ts'
import type { Outcome } from './handler.ts'
import type { Incoming } from './message.ts'
import { problem } from './problem.ts'
import { parseTarget, type Target } from './target.ts'

/** Where a call goes, or what becomes of a request that is none. */
export function readCall(incoming: Incoming): Target | Outcome {
  const target = parseTarget(incoming.target)
  if (!target) return { answer: problem('malformed-target', 'Ask for a path that starts with a slash.') }
  const aside = controlAnswer(incoming, target.path) ?? preflight(incoming)
  return aside ? { answer: withCors(incoming, aside), isAside: true } : target
}
