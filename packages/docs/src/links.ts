import type { Document, Evidence } from '@image-install-queue/contract'
import { legendName } from './introduction.ts'
import { append, slug } from './markdown.ts'

/** Where a page has what its texts lead to. */
export interface Links {
  /** The address of a call. */
  readonly operation: (operationId: string) => string
  /** The address of the section that says what the words for evidence mean. */
  readonly legend: string | undefined
}

/** Redoc's addresses: operations without a tag are among "other". */
export const redocLinks = ({ info }: Document): Links => ({
  operation: (operationId) => `#/other/${operationId.toLowerCase()}`,
  legend: legendAddress(info.description, '#/'),
})

/** @param headings the heading of each operation, all different */
export const plainLinks = ({ info }: Document, headings: ReadonlyMap<string, string>): Links => ({
  operation: (operationId) => `#${slug(headings.get(operationId) ?? operationId)}`,
  legend: legendAddress(info.description, '#'),
})

function legendAddress(text: string | undefined, prefix: string): string | undefined {
  const name = legendName(text ?? '')
  return name && prefix + slug(name)
}

/** The word for how sure a statement is. Its title is what the style sheets know it by. */
export function evidenceChip(evidence: Evidence, { legend }: Links): string {
  return legend ? `[${evidence}](${legend} "${evidence}")` : `*${evidence}*`
}

/** A description that ends with how sure it is. */
export function withEvidence(
  { description = '', 'x-evidence': evidence }: { readonly description?: string; readonly 'x-evidence'?: Evidence },
  links: Links,
): string {
  return evidence ? append(description, evidenceChip(evidence, links)) : description
}
