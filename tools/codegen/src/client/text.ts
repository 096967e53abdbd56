/** How generated TypeScript is written: names, literals, comments. */

export const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)

/** A property name, quoted only where it must be. */
export const property = (name: string): string => (isIdentifier(name) ? name : quote(name))

export const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

/** `image-job` becomes `ImageJob`: a name for a type or constant. */
export function typeName(name: string): string {
  const words = name.split(/[^A-Za-z0-9_$]+/).filter(Boolean)
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return isIdentifier(joined) ? joined : `_${joined}`
}

/** Hands out each name once; one that is taken gets a trailing underscore. */
export function nameClaims(taken: Iterable<string> = []): (name: string) => string {
  const names = new Set(taken)
  return (wanted) => {
    let name = wanted
    while (names.has(name)) name += '_'
    names.add(name)
    return name
  }
}

/** An import for each module of which names are used. */
export const imports = (keyword: string, modules: Record<string, readonly string[]>, used: (name: string) => boolean) =>
  Object.entries(modules)
    .map(([module, names]) => [module, names.filter(used)] as const)
    .map(([module, names]) => (names.length > 0 ? `${keyword} { ${names.join(', ')} } from '${module}'\n` : ''))
    .join('')

/** TypeScript that stands in a literal as it is. */
export const code = (text: string) => () => text

/** A value as a TypeScript literal, on one line where it fits. */
export function literal(value: unknown, indent = ''): string {
  if (typeof value === 'function') return value()
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return String(value)
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

/** A TSDoc comment. Empty paragraphs are left out; without any there is no comment. */
export function comment(paragraphs: readonly (string | undefined)[], indent = ''): string {
  const kept = paragraphs.flatMap((paragraph) => (paragraph?.trim() ? [paragraph.trim()] : []))
  if (kept.length === 0) return ''
  const lines = kept
    .flatMap((paragraph, index) => [
      ...(index > 0 && !(paragraph.startsWith('@') && kept[index - 1]?.startsWith('@')) ? [''] : []),
      ...paragraph.split('\n'),
    ])
    .map((line) => line.replaceAll('*/', '*\\/').trimEnd())
  const [first] = lines
  if (lines.length === 1) return `${indent}/** ${first} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} *${line && ` ${line}`}\n`).join('')}${indent} */\n`
}
