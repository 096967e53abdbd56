import type { Link } from '@image-install-queue/contract'
import { lexer, type Token, type Tokens } from 'marked'

/** A table; rows whose cells hold several paragraphs stay one row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A cell is one line: what needs several, such as a list or code, becomes lines with breaks. */
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

/** A value as it would be written in JSON, words without quotes. */
export function codeSpan(value: unknown): string {
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
  const inside = [...text.matchAll(/`+/g)].map(([run]) => run.length)
  const ticks = '`'.repeat(Math.max(0, ...inside) + 1)
  return inside.length === 0 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`
}

export const fence = (language: string, source: string) => `\`\`\`${language}\n${source.trim()}\n\`\`\``

export const link = ({ url, description = url }: Link) => `[${description}](${url})`

/** Joins the parts that there are, a blank line between two. */
export function paragraphs(...parts: readonly (string | undefined | false)[]): string {
  const texts = parts.map((part) => (part || '').trim())
  return texts.filter((text) => text !== '').join('\n\n')
}

/** Puts a word behind the last sentence of a text, or beneath a text that ends with a table or the like. */
export function append(text: string, word: string): string {
  const last = lexer(text.trim()).at(-1)
  return last?.type === 'paragraph' && word ? `${text.trim()} ${word}` : paragraphs(text, word)
}

/**
 * A text as Redoc can show all of it. Its search would glue the lines of a paragraph together, and it makes entries of the
 * sidebar from headings, with what is below them hidden until they are opened.
 */
export function forRedoc(text: string): string {
  const blocks = lexer(text).map((token) => {
    const { type, raw } = token
    if (type === 'heading') return `**${token.text}**\n\n`
    if (type === 'paragraph') return raw.replaceAll(/ *\n *(?=\S)/g, ' ')
    const isText = type === 'list' && token.items.every((item: Tokens.ListItem) => item.tokens.every(isProse))
    if (isText) return raw.replaceAll(/ *\n *(?![-*+\s]|\d+[.)])/g, ' ')
    return raw
  })
  return blocks.join('')
}

const isProse = ({ type }: Token): boolean => ['text', 'paragraph', 'list', 'space'].includes(type)

/** The fragment that GitHub, and our own page, gives a heading; of those that repeat, our page counts from 2. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}

/** Text that is no Markdown, such as a title. */
export const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
