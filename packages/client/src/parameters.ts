import { type Configuration, label, type Problems, show } from './configuration.ts'
import type { OperationEntry, ParameterEntry } from './contract.ts'
import { readEnv } from './environment.ts'
import { broken, canMake } from './values.ts'

/** Values sorted by where they travel. */
export interface PlacedParameters {
  readonly path: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly header: Record<string, unknown>
}

/** Checks flat parameters against the contract and sorts them. */
export function placeParameters(
  { parameters, body }: OperationEntry,
  given: Readonly<Record<string, unknown>>,
  options: Configuration['options'],
  problems: Problems,
): PlacedParameters {
  const placed: PlacedParameters = { path: {}, query: {}, header: {} }
  for (const parameter of parameters) {
    const { name, in: place, required, option, env } = parameter
    const own = ownValue(given, name) ?? (option && options[option])
    const text = own === undefined ? readEnv(env) : undefined
    const value = own ?? (text === undefined ? undefined : fromText(parameter, text))
    if (value !== undefined) {
      const problem = brokenParameter(parameter, value)
      if (problem) {
        const found = text === undefined ? `is ${show(value)}` : `${env} is ${show(text)}`
        problems.push(`\`${name}\` ${problem}, but ${found}`)
      }
      placed[place][name] = value
    } else if (required) {
      problems.push(`\`${name}\` is missing${option ? `; it can also be the client's option ${label(parameter)}` : ''}`)
    }
  }
  const sent = ownValue(given, 'body')
  if (body?.required && sent === undefined) problems.push('`body` is missing')
  if (body && !canMake(() => JSON.stringify(sent))) problems.push('`body` cannot be written as JSON')
  return placed
}

const ownValue = (given: Readonly<Record<string, unknown>>, name: string): unknown =>
  // What is null is not given.
  (Object.hasOwn(given, name) ? given[name] : undefined) ?? undefined

/** The environment has text, where the contract may want a number. */
function fromText({ schema }: ParameterEntry, text: string): unknown {
  if (schema.type === 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What is wrong with a value or an item of it, as the end of a sentence. */
function brokenParameter({ in: place, schema }: ParameterEntry, value: unknown): string | undefined {
  const problem = broken(schema, value)
  if (problem) return problem
  const items = schema.items && Array.isArray(value) ? value : []
  for (const [index, item] of items.entries()) {
    const problem = broken(schema.items ?? {}, item)
    if (problem) return `${problem} at ${index}`
  }
  const texts = Array.isArray(value) ? value.map(String) : [String(value)]
  if (place === 'header')
    return texts.every((text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text)) ? undefined : 'must fit into a header'
  // Empty or dots alone, a segment would lead elsewhere.
  if (place === 'path' && /^\.{0,2}$/.test(texts.join())) return 'must not be empty, "." or ".."'
  // Half a character has no form in an address.
  return texts.every((text) => text.isWellFormed()) ? undefined : 'must be well-formed text'
}
