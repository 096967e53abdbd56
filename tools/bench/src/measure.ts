/** What ours must keep to, beside a reference that was measured in the same rounds. */
export interface Row {
  readonly what: string
  readonly unit: string
  readonly reference: string
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
  /** For ours ÷ theirs. */
  readonly atMost?: number
  readonly atLeast?: number
}

/** A machine is quiet while the reference's own rounds differ by no more than this, (max − min) ÷ median. */
const quietSpread = 0.3

/** Takes the samples in turn, round by round, so that a slow moment of the machine hits all of them. */
export async function interleave<Name extends string>(
  names: readonly Name[],
  rounds: number,
  sample: (name: Name) => Promise<number>,
): Promise<(name: Name) => number[]> {
  const taken = names.map((name) => ({ name, figures: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const { name, figures } of taken) figures.push(await sample(name))
  }
  return (wanted) => taken.find(({ name }) => name === wanted)?.figures ?? []
}

/** A row as a line, and whether it fails: a bound that breaks on a noisy machine says nothing about ours. */
export function judge({ what, unit, reference, ours, theirs, atMost, atLeast }: Row): { line: string; fails: boolean } {
  // The median of the rounds' own ratios is what a drifting machine disturbs least.
  const ratio = median(ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN)))
  const spread = (Math.max(...theirs) - Math.min(...theirs)) / median(theirs)
  const holds = ratio <= (atMost ?? Number.POSITIVE_INFINITY) && ratio >= (atLeast ?? 0)
  const isQuiet = spread <= quietSpread
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`
  const verdict = holds
    ? 'holds'
    : isQuiet
      ? 'FAILS'
      : `not judged: the machine was noisy (±${Math.round(spread * 50)} %)`
  const figures = `${figure(median(ours))} ${unit}, ${reference} ${figure(median(theirs))} ${unit}`
  return { line: `${what}: ${figures}: ${ratio.toFixed(2)} × (${bound}) ${verdict}`, fails: !holds && isQuiet }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}

const figure = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
