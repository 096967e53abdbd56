import sliceAnsi from 'slice-ansi'
import stringWidth from 'string-width'

/** Cuts a line to a number of columns. Without a number it stays as it is. */
export function cut(line: string, columns: number | undefined): string {
  if (!columns || stringWidth(line) <= columns) return line
  return `${sliceAnsi(line, 0, columns - 1)}…`
}

/** Rows as lines with aligned columns. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell))
  const padded = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell))
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}
