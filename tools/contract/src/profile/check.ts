import { getLineColLocation, type Source } from '@redocly/openapi-core'
import type { Document } from '../document.ts'
import { resolver } from '../resolve.ts'
import type { PathError, ProfileError, ReportError } from './errors.ts'
import { escapePointer, grammarErrors } from './grammar.ts'
import { checkOperations } from './operation-rules.ts'
import { checkOptions } from './option-rules.ts'
import { checkReferences } from './references.ts'
import { checkSchemas } from './schema-rules.ts'

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

/** Returns what profile.yaml cannot express, since it concerns several nodes. */
function ruleErrors(document: Document): PathError[] {
  const errors: PathError[] = []
  const report: ReportError = (path, message, onKey = true) =>
    errors.push({ path: path.map((step) => `${step}`), onKey, message })
  checkReferences(document, report)
  // The other rules follow references.
  if (errors.length > 0) return errors
  const resolve = resolver(document)
  checkSchemas(document, resolve, report)
  checkOperations(document, resolve, report)
  checkOptions(document, resolve, report)
  return errors
}

function locate({ path, onKey, message }: PathError, source: Source): ProfileError {
  // Redocly decodes pointers like parts of a URL.
  const pointer = `#/${path.map((name) => escapePointer(name).replaceAll('%', '%25')).join('/')}`
  const location = { source, pointer, reportOnKey: onKey }
  const { line, col } = getLineColLocation(location).start
  return { line, col, location, message: `${message}. See spec/README.md#profile` }
}
