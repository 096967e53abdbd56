import type { Row } from './measure.ts'

/** Above this spread of a reference's rounds a ratio says little. */
const tooNoisy = 0.5

export function markdown(results: Record<string, readonly Row[]>): string {
  const tables = Object.entries(results).map(([area, rows]) => {
    const lines = rows.map((row) =>
      [
        row.what,
        `${figure(row.ours)} ${row.unit}`,
        `${figure(row.theirs)} ${row.unit} (${row.reference})`,
        `${row.ratio.toFixed(2)} ×`,
        row.bound ? `${row.bound} ${row.holds ? 'holds' : '**FAILS**'}` : '',
        row.noise > tooNoisy ? `noisy: ±${Math.round(row.noise * 50)} %` : '',
      ].join(' | '),
    )
    const head = '| what | ours | reference | ratio | bound | |\n| --- | ---: | ---: | ---: | --- | --- |'
    const noisy = rows.filter((row) => row.noise > tooNoisy).length
    const warning =
      noisy > rows.length / 4 ? '\nThe machine was too noisy for these figures to be quoted; run it again.\n' : ''
    return `## ${area}\n\n${head}\n${lines.map((line) => `| ${line} |`).join('\n')}\n${warning}`
  })
  return tables.join('\n')
}

function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
}
