import type { Document } from '../document.ts'
import { resolver } from '../resolve.ts'
import type { PathError, ReportError } from './errors.ts'
import { checkOperations } from './operation-rules.ts'
import { checkOptions } from './option-rules.ts'
import { checkReferences } from './references.ts'
import { checkSchemas } from './schema-rules.ts'

/** Returns what profile.yaml cannot express, since it concerns several nodes. */
export function ruleErrors(document: Document): PathError[] {
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
