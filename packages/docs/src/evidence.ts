import type { Evidence } from '@image-install-queue/contract'
import { append } from './markdown.ts'

/**
 * The word for how sure a statement is, linked to what it means. Its title is what the style sheets know it by.
 *
 * @param legend address of the section that says what the words mean
 */
export function evidenceChip(evidence: Evidence | undefined, legend: string | undefined): string {
  if (!evidence) return ''
  return legend ? `[${evidence}](${legend} "${evidence}")` : `*${evidence}*`
}

/** A description that ends with how sure it is. */
export function withEvidence(
  { description = '', 'x-evidence': evidence }: { readonly description?: string; readonly 'x-evidence'?: Evidence },
  legend: string | undefined,
): string {
  return append(description, evidenceChip(evidence, legend))
}
