import { InvalidArgumentError } from 'commander'
import { type StateName, stateNames } from './installs.ts'

/** Parses an ID. */
export function id(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('Use a positive whole number.')
  return value
}

/** Parses IDs that are separated by commas, in addition to those of earlier arguments. */
export function ids(text: string, earlier: readonly number[] = []): number[] {
  // Messages name jobs as `1, 2`, which a shell splits after the comma.
  const separated = text.replace(/,$/, '').split(',')
  return [...earlier, ...separated.map(id)]
}

/** Parses one of the values. */
export const oneOf =
  (...values: readonly string[]) =>
  (text: string): string => {
    if (!values.includes(text)) throw new InvalidArgumentError(`Use ${values.join(' or ')}.`)
    return text
  }

/** Parses `true` or `false`. */
export const flag = (text: string): boolean => oneOf('true', 'false')(text) === 'true'

/** Parses states that are separated by commas, in any case, in addition to those of earlier arguments. */
export function states(text: string, earlier: readonly StateName[] = []): StateName[] {
  const found = text.split(',').map((part) => {
    const state = stateNames.find((name) => name.toLowerCase() === part.toLowerCase())
    if (!state) throw new InvalidArgumentError(`Use one of ${stateNames.join(', ')}.`)
    return state
  })
  return [...earlier, ...found]
}

/** The longest time that a timer supports, in whole days. */
const longest = 24 * 24 * 3_600_000

/** Parses a time such as `500ms`, `90s` or `1h30m`, as milliseconds. */
export function duration(text: string): number {
  const value = milliseconds(text)
  if (!(value >= 1 && value <= longest))
    throw new InvalidArgumentError('Use a time with h, m, s or ms, for example 5s or 1h30m; at most 576h.')
  return value
}

/** Parses a time like {@link duration}, or 0 with or without a unit. */
export const durationOrZero = (text: string): number => (/^0(h|m|s|ms)?$/.test(text) ? 0 : duration(text))

/** Milliseconds of h, m, s and ms. */
const unitSizes = [3_600_000, 60_000, 1_000, 1]

function milliseconds(text: string): number {
  const match = /^(\d{1,9}h)?(\d{1,9}m)?(\d{1,9}s)?(\d{1,9}ms)?$/.exec(text)
  if (!match) return Number.NaN
  const [, ...parts] = match
  return unitSizes.reduce((sum, size, index) => sum + size * Number.parseInt(parts[index] ?? '0', 10), 0)
}
