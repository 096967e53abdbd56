import { InvalidArgumentError } from 'commander'

/** A positive whole number, as ids are. */
export function id(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('Use a positive whole number, as in the column JOBID of `list`.')
  return value
}

/** Several ids, one after the other. */
export const ids = (text: string, before: readonly number[] = []): number[] => [...before, id(text)]

export function flag(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new InvalidArgumentError('Use true or false.')
  return text === 'true'
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** A time like `500ms`, `5s`, `10m` or `5h`, in milliseconds. Timers keep no more than 24 days. */
export function duration(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? []
  const value = Number(digits) * (units[unit] ?? Number.NaN)
  if (!(value >= 1 && value <= 24 * 24 * 3_600_000))
    throw new InvalidArgumentError('Use a number with ms, s, m or h, for example 5s; at most 576h.')
  return value
}
