import { text } from './node.ts'
import type { Node, Refuse } from './placed.ts'

const settings = [
  'allowHttpHost',
  'dangerouslyAllowBrowser',
  'fetch',
  'logger',
  'maxRetries',
  'onContractViolation',
  'timeoutMs',
  'validate',
]

/** An option of the client means one thing; several parameters may share it. */
export function options(nodes: readonly Node[], refuse: Refuse): void {
  const known = new Map<string, string>()
  for (const { value, path } of nodes) {
    const option = text(value, 'option') ?? ''
    const meaning = JSON.stringify([path.includes('parameters') ? 'parameter' : path, value])
    const at = [...path, 'option']
    if (settings.includes(option)) refuse(at, `"${option}" is an option of every client: choose another name`, false)
    if ((known.get(option) ?? meaning) !== meaning)
      refuse(at, `"${option}" means something else already: choose another name`, false)
    known.set(option, meaning)
  }
  for (const { value, path } of nodes) {
    const needed = text(value, 'requires')
    if (needed !== undefined && !known.has(needed))
      refuse([...path, 'requires'], `there is no option "${needed}"`, false)
  }
}
