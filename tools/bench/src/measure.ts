/** Our samples, the samples of a reference taken in the same rounds, and the bound for their ratio. */
export interface Row {
  readonly name: string
  readonly unit: string
  readonly reference: string
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
  /** Upper bound of ours ÷ theirs. */
  readonly atMost?: number
  /** Lower bound of ours ÷ theirs. */
  readonly atLeast?: number
}

/** A machine counts as quiet if the samples of the reference differ by at most this, (max − min) ÷ median. */
const quietSpread = 0.3

/** Takes the samples in turn, round by round, so that a slow moment of the machine affects all of them. */
export async function interleave<Name extends string>(
  names: readonly Name[],
  rounds: number,
  sample: (name: Name) => Promise<number>,
): Promise<(name: Name) => number[]> {
  const taken = names.map((name) => ({ name, samples: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const { name, samples } of taken) samples.push(await sample(name))
  }
  return (name) => taken.find((entry) => entry.name === name)?.samples ?? []
}

/** Formats a row, and returns whether it fails. On a noisy machine, a ratio outside the bound is not judged. */
export function judge({ name, unit, reference, ours, theirs, atMost, atLeast }: Row): { line: string; fails: boolean } {
  // The median of the ratios of each round depends least on changes in the speed of the machine.
  const ratio = median(ours.map((sample, round) => sample / (theirs[round] ?? Number.NaN)))
  const spread = (Math.max(...theirs) - Math.min(...theirs)) / median(theirs)
  const holds = ratio <= (atMost ?? Number.POSITIVE_INFINITY) && ratio >= (atLeast ?? 0)
  const isQuiet = spread <= quietSpread
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`
  const failure = isQuiet ? 'FAILS' : `not judged: the machine was noisy (±${Math.round(spread * 50)} %)`
  const figures = `${format(median(ours))} ${unit}, ${reference} ${format(median(theirs))} ${unit}`
  return {
    line: `${name}: ${figures}: ${ratio.toFixed(2)} × (${bound}) ${holds ? 'holds' : failure}`,
    fails: !holds && isQuiet,
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}

const format = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
