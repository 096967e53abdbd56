/** One line of a table: ours beside what it is compared with, both measured in the same run. */
export interface Row {
  readonly what: string
  readonly reference: string
  readonly unit: string
  readonly ours: number
  readonly theirs: number
  /** ours ÷ theirs */
  readonly ratio: number
  /** What the ratio or, for an absolute bound, our figure must keep to. */
  readonly bound?: string
  readonly holds?: boolean
  /** Spread of the reference's rounds, (max − min) ÷ median: how noisy the machine was. */
  readonly noise: number
}

export type Sample = () => number | Promise<number>

export interface Bound {
  readonly ratioAtMost?: number
  readonly ratioAtLeast?: number
  readonly oursAtMost?: number
}

export const rounds = 5

/** Takes the samples in turn, round by round, so that a slow moment of the machine hits all of them. */
export async function interleave<Name extends string>(samples: Record<Name, Sample>): Promise<Record<Name, number[]>> {
  const names = Object.keys(samples) as Name[]
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of names) taken[name].push(await samples[name]())
  }
  return taken
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]]
  if (low === undefined || high === undefined) throw new Error('no values')
  return (low + high) / 2
}

/** The ratio is the median of the rounds' own ratios, which a drifting machine disturbs least. */
export function row(
  what: string,
  unit: string,
  ours: readonly number[],
  reference: string,
  theirs: readonly number[],
  bound: Bound = {},
): Row {
  const ratio = median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)))
  const figure = median(ours)
  const checks = [
    { text: (limit: number) => `≤ ${limit} ×`, limit: bound.ratioAtMost, holds: (limit: number) => ratio <= limit },
    { text: (limit: number) => `≥ ${limit} ×`, limit: bound.ratioAtLeast, holds: (limit: number) => ratio >= limit },
    {
      text: (limit: number) => `≤ ${limit} ${unit}`,
      limit: bound.oursAtMost,
      holds: (limit: number) => figure <= limit,
    },
  ].flatMap(({ text, limit, holds }) => (limit === undefined ? [] : [{ text: text(limit), holds: holds(limit) }]))
  return {
    what,
    reference,
    unit,
    ours: figure,
    theirs: median(theirs),
    ratio,
    ...(checks.length > 0 && {
      bound: checks.map(({ text }) => text).join(', '),
      holds: checks.every(({ holds }) => holds),
    }),
    noise: (Math.max(...theirs) - Math.min(...theirs)) / median(theirs),
  }
}
