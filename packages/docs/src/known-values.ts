import { type KnownValue, knownValues, type Schema } from '@image-install-queue/contract'
import { codeSpan, paragraphs, table } from './markdown.ts'

/** The values of an enum, or of an open set (`x-extensible-enum`), as a Markdown table with names and meanings. */
export function knownValuesTable(schema: Schema): string | undefined {
  const { intro, values } = read(schema)
  const told = (['name', 'meaning'] as const).filter((what) => values.some((value) => value[what]))
  if (told.length === 0) return knownValuesLine(schema)
  const rows = values.map((value) => [codeSpan(value.value), ...told.map((what) => value[what] ?? '')])
  return paragraphs(intro, table(['value', ...told], rows))
}

/** {@link knownValuesTable} in one line, for a place as narrow as the cell of a table. */
export function knownValuesLine(schema: Schema): string | undefined {
  const { intro, values } = read(schema)
  if (values.length === 0) return undefined
  const told = values.map(({ value, name = '', meaning }) =>
    `${codeSpan(value)} ${name}`.trim().concat(meaning ? ` (${meaning.replace(/\.$/, '')})` : ''),
  )
  return `${intro} ${told.join(', ')}.`
}

function read(schema: Schema): { intro: string; values: KnownValue[] } {
  const closed = schema.enum?.map((value) => ({ value, name: undefined, meaning: undefined }))
  return closed
    ? { intro: 'One of:', values: closed }
    : { intro: 'Known values; more may come:', values: knownValues(schema) }
}
