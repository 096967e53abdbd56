import { code, paragraphs, table } from './markdown.ts'
import type { Schema } from './schemas.ts'

/** The values of an enum, or of an open set (`x-extensible-enum`), as a Markdown table with names and meanings. */
export function knownValues(schema: Schema): string | undefined {
  const { intro, values, names, meanings } = read(schema)
  if (values.length === 0) return undefined
  if (!names && !meanings) return `${intro} ${values.map(code).join(', ')}.`
  const head = ['value', ...(names ? ['name'] : []), ...(meanings ? ['meaning'] : [])]
  const rows = values.map((value, index) => [
    code(value),
    ...[names, meanings].flatMap((texts) => (texts ? [String(texts[index] ?? '')] : [])),
  ])
  return paragraphs(intro, table(head, rows))
}

/** {@link knownValues} without the meanings, for a place as narrow as the cell of a table. */
export function knownValuesLine(schema: Schema): string | undefined {
  const { intro, values, names } = read(schema)
  if (values.length === 0) return undefined
  return `${intro} ${values.map((value, index) => `${code(value)} ${names?.[index] ?? ''}`.trim()).join(', ')}.`
}

function read(schema: Schema) {
  return {
    intro: schema.enum ? 'One of:' : 'Known values; more may come:',
    values: schema.enum ?? list(schema, 'x-extensible-enum') ?? [],
    names: list(schema, 'x-enum-varnames'),
    meanings: list(schema, 'x-enum-descriptions'),
  }
}

function list(schema: Schema, extension: string): readonly unknown[] | undefined {
  const value: unknown = Reflect.get(schema, extension)
  return Array.isArray(value) ? value : undefined
}
