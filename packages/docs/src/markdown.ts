/** A table; rows whose cells hold several paragraphs stay one row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\n{2,}/g, '<br><br>')
    .replaceAll('\n', ' ')
}

/** A value as it would be written in JSON, words without quotes. */
export function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}

export function fence(language: string, source: string): string {
  return `\`\`\`${language}\n${source.trim()}\n\`\`\``
}

export function link({ url, description }: { url: string; description?: string }): string {
  return `[${description ?? url}](${url})`
}

/** Joins the parts that there are, a blank line between two. */
export function paragraphs(...parts: readonly (string | undefined | false)[]): string {
  const texts = parts.map((part) => (part || '').trim())
  return texts.filter((text) => text !== '').join('\n\n')
}

/** The fragment that GitHub, and our own page, gives a heading. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}

/** Text that is no Markdown, such as a title. */
export function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
