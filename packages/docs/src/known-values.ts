import { type KnownValue, knownValues, type Schema } from '@image-install-queue/contract'
import { codeSpan, paragraphs, table } from './markdown.ts'

/** The values of an enum or extensible enum, as a Markdown table with names and meanings. */
export function knownValuesTable(schema: Schema): string | undefined {
  const { intro, values } = read(schema)
  const columns = (['name', 'meaning'] as const).filter((column) => values.some((value) => value[column]))
  if (columns.length === 0) return knownValuesLine(schema)
  const rows = values.map((value) => [codeSpan(value.value), ...columns.map((column) => value[column] ?? '')])
  return paragraphs(intro, table(['value', ...columns], rows))
}

/** {@link knownValuesTable} in one line, for a table cell. */
export function knownValuesLine(schema: Schema): string | undefined {
  const { intro, values } = read(schema)
  if (values.length === 0) return undefined
  const texts = values.map(({ value, name = '', meaning }) =>
    `${codeSpan(value)} ${name}`.trim().concat(meaning ? ` (${meaning.replace(/\.$/, '')})` : ''),
  )
  return `${intro} ${texts.join(', ')}.`
}

function read(schema: Schema): { intro: string; values: KnownValue[] } {
  const closed = schema.enum?.map((value) => ({ value, name: undefined, meaning: undefined }))
  return closed
    ? { intro: 'One of:', values: closed }
    : { intro: 'Known values (others may appear):', values: knownValues(schema) }
}
