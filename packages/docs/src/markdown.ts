import type { Evidence, Link } from '@image-install-queue/contract'
import { lexer } from 'marked'

/** Joins parts with blank lines. Empty parts are left out. */
export function paragraphs(...parts: readonly (string | undefined | false)[]): string {
  const texts = parts.map((part) => (part || '').trim())
  return texts.filter((text) => text !== '').join('\n\n')
}

/** Without rows there is no table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A cell is one line of Markdown: paragraphs, lists and code are joined with line breaks. */
function cell(text: string): string {
  const blocks = lexer(text.trim()).map(({ type, raw }) => {
    const isText = type === 'paragraph' || type === 'text' || type === 'space'
    return raw.trim().replaceAll(/\s*\n/g, isText ? ' ' : '<br>')
  })
  return blocks
    .filter((block) => block !== '')
    .join('<br><br>')
    .replaceAll('|', '\\|')
}

/** A value as inline code: strings as they are, everything else as JSON. */
export function codeSpan(value: unknown): string {
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
  const inside = [...text.matchAll(/`+/g)].map(([run]) => run.length)
  const ticks = '`'.repeat(Math.max(0, ...inside) + 1)
  return inside.length === 0 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`
}

export const fence = (language: string, source: string) => `\`\`\`${language}\n${source}\n\`\`\``

export const link = ({ url, description = url }: Link) => `[${description}](${url})`

/** Escapes a string that is not Markdown, such as a title. */
export const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

export interface Described {
  readonly description?: string
  readonly 'x-evidence'?: Evidence | undefined
}

/**
 * A description followed by its evidence. Style sheets select the evidence by its title.
 *
 * @param legend id of the section that explains the words for evidence
 */
export function withEvidence(
  { description = '', 'x-evidence': evidence }: Described,
  legend: string | undefined,
): string {
  if (!evidence) return description
  const chip = legend ? `[${evidence}](#${legend} "${evidence}")` : `*${evidence}*`
  // After a list, the evidence would become part of the last item.
  const endsWithParagraph = lexer(description).at(-1)?.type === 'paragraph'
  return endsWithParagraph ? `${description} ${chip}` : paragraphs(description, chip)
}

/** The id of a heading, as GitHub forms it. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}
