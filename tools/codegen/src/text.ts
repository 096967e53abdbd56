/** How generated TypeScript is written. Text of the contract reaches it through `quote` and `comment` alone. */

const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)

/** A property name, quoted only where it must be. */
const property = (name: string): string => (isIdentifier(name) ? name : quote(name))

/** A text as a string literal: nothing in it ends the literal, and nothing in it ends the line. */
export const quote = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)}'`

/** A text in which nothing is a tag: TypeScript sees one in the middle of a line and in code, behind all that is a blank to it. */
export const untagged = (text: string): string => text.replace(/(?<![^\s\u200b])@/g, '\\@')

type Paragraphs = readonly (string | undefined)[]

/** A TSDoc comment; nothing in it ends the comment. Empty paragraphs are left out; without any there is no comment. */
export function comment(paragraphs: Paragraphs, indent = '', tags: Paragraphs = []): string {
  const all = [...paragraphs.map((paragraph) => paragraph && untagged(paragraph)), ...tags]
  const kept = all.flatMap((paragraph) => (paragraph?.trim() ? [paragraph.trim()] : []))
  if (kept.length === 0) return ''
  const lines = kept
    .flatMap((paragraph, index) => [
      // Tags stand together, a paragraph by itself.
      ...(index > 0 && !(paragraph.startsWith('@') && kept[index - 1]?.startsWith('@')) ? [''] : []),
      ...paragraph.split('\n'),
    ])
    .map((line) => line.replaceAll('*/', '*\\/').trimEnd())
  const [first] = lines
  if (lines.length === 1) return `${indent}/** ${first} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} *${line && ` ${line}`}\n`).join('')}${indent} */\n`
}

/** JSON data as a TypeScript literal, on one line where it fits. What is undefined is left out. */
export function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return `${value}`
  const inner = `${indent}  `
  const isList = Array.isArray(value)
  const parts = isList
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).flatMap(([key, item]) =>
        item === undefined ? [] : [`${property(key)}: ${literal(item, inner)}`],
      )
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const line = isList || parts.length === 0 ? `${open}${parts.join(', ')}${close}` : `{ ${parts.join(', ')} }`
  if (line.length + indent.length <= 110 && !line.includes('\n')) return line
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`
}
