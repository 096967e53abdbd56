import { getLineColLocation, type Source } from '@redocly/openapi-core'
import { misfits } from './examples.ts'
import { checkGrammar, escaped } from './grammar.ts'
import type { Placed, Refusal } from './node.ts'
import { yamlRefusals } from './plain-yaml.ts'
import { brokenRules } from './rules.ts'

/**
 * Everything with which a document leaves the profile, one refusal for one mistake, in the order of the text. Nothing but
 * the document is looked at: references are not followed out of it, and what stands in example data is data. Examples are
 * held against their schemas once nothing else is wrong.
 */
export function refusalsOf(document: unknown, source: Source): Refusal[] {
  const { structure, numbers } = yamlRefusals(source)
  // What YAML alone can say is read differently by others; the rest is looked at when that is gone.
  if (structure.length > 0) return structure
  const { nodes, refusals } = checkGrammar(document)
  const broken = [...refusals, ...brokenRules(document, nodes)]
  const all = broken.length > 0 ? broken : misfits(document, nodes)
  const placed = all.map((refusal) => ({ ...place(refusal, source), missing: refusal.missing }))
  // Of several refusals at one place, the first one stands; what is missing there is another matter each.
  const first = new Map<string, Refusal>()
  for (const { missing, ...refusal } of [...placed, ...numbers.map((number) => ({ ...number, missing: undefined }))]) {
    const key = `${refusal.line}:${refusal.col}:${missing}`
    if (!first.has(key)) first.set(key, refusal)
  }
  return [...first.values()].sort((a, b) => a.line - b.line || a.col - b.col)
}

function place({ path, onKey, message }: Placed, source: Source): Refusal {
  // Redocly decodes pointers as if they stood in a URL.
  const pointer = `#/${path.map((name) => escaped(name).replaceAll('%', '%25')).join('/')}`
  const { line, col } = getLineColLocation({ source, pointer, reportOnKey: onKey }).start
  return { line, col, message: message.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\p{Bidi_Control}]/gu, asEscaped) }
}

/** A name may hold anything; a refusal is one line, and no terminal obeys it. */
const asEscaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
