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
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
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
  const { ratioAtMost = Number.POSITIVE_INFINITY, ratioAtLeast = 0, oursAtMost = Number.POSITIVE_INFINITY } = bound
  const checks = [
    { text: `≤ ${ratioAtMost} ×`, asked: 'ratioAtMost' in bound, holds: ratio <= ratioAtMost },
    { text: `≥ ${ratioAtLeast} ×`, asked: 'ratioAtLeast' in bound, holds: ratio >= ratioAtLeast },
    { text: `≤ ${oursAtMost} ${unit}`, asked: 'oursAtMost' in bound, holds: figure <= oursAtMost },
  ].filter(({ asked }) => asked)
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
