import { getLineColLocation, type Source } from '@redocly/openapi-core'
import type { Document } from '../document.ts'
import type { PathError, ProfileError } from './errors.ts'
import { escapePointer, grammarErrors } from './grammar.ts'
import { ruleErrors } from './rules.ts'

/** Returns everything in a document that is outside the profile, in the order of the file. */
export function profileErrors(document: unknown, source: Source): ProfileError[] {
  const grammar = grammarErrors(document)
  // Rules need a document that the types describe, so they come second.
  const errors = grammar.length > 0 ? grammar : ruleErrors(document as Document)
  const first = new Map<string, ProfileError>()
  for (const error of errors) {
    const located = locate(error, source)
    const key = `${located.line}:${located.col}:${error.missing}`
    if (!first.has(key)) first.set(key, located)
  }
  return [...first.values()].sort((a, b) => a.line - b.line || a.col - b.col)
}

function locate({ path, onKey, message }: PathError, source: Source): ProfileError {
  // Redocly decodes pointers like parts of a URL.
  const pointer = `#/${path.map((name) => escapePointer(name).replaceAll('%', '%25')).join('/')}`
  const { line, col } = getLineColLocation({ source, pointer, reportOnKey: onKey }).start
  return { line, col, message }
}
