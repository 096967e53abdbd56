/** Writing of generated TypeScript. Strings of the contract go into code only through `quote` and `comment`. */

const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)

/** Returns a property name, quoted if necessary. */
const property = (name: string): string => (isIdentifier(name) ? name : quote(name))

/** Returns a string literal. Quotes and line separators in the string are escaped. */
export const quote = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)}'`

/** Escapes each `@` that TypeScript would read as a TSDoc tag: those after white space, also within a line. */
export const untagged = (text: string): string => text.replace(/(?<![^\s\u200b])@/g, '\\@')

type Paragraphs = readonly (string | undefined)[]

/** Returns a TSDoc comment. Comment ends in the text are escaped. Without any non-empty paragraph there is no comment. */
export function comment(paragraphs: Paragraphs, indent = '', tags: Paragraphs = []): string {
  const all = [...paragraphs.map((paragraph) => paragraph && untagged(paragraph)), ...tags]
  const kept = all.flatMap((paragraph) => (paragraph?.trim() ? [paragraph.trim()] : []))
  if (kept.length === 0) return ''
  const lines = kept
    .flatMap((paragraph, index) => [
      // An empty line separates paragraphs, but not tags.
      ...(index > 0 && !(paragraph.startsWith('@') && kept[index - 1]?.startsWith('@')) ? [''] : []),
      ...paragraph.split('\n'),
    ])
    .map((line) => line.replaceAll('*/', '*\\/').trimEnd())
  const [first] = lines
  if (lines.length === 1) return `${indent}/** ${first} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} *${line && ` ${line}`}\n`).join('')}${indent} */\n`
}

/** Returns JSON data as a TypeScript literal, on one line if it fits. `undefined` values are left out. */
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
