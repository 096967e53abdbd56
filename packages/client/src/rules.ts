/** What is wrong with a value, as the end of a sentence: `must be at least 1`. */
export type Check = (value: unknown) => string | undefined

export const boolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')

/** Whole numbers that JavaScript can hold exactly. */
export const integer =
  (minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    typeof value !== 'number' || !Number.isInteger(value)
      ? 'must be an integer'
      : value < minimum
        ? `must be at least ${minimum}`
        : value > maximum
          ? `must be at most ${maximum}`
          : undefined

/** A segment of a path: empty or dots alone, it would lead elsewhere. */
export const segment =
  (check?: Check): Check =>
  (value) =>
    check?.(value) ?? (/^\.{0,2}$/.test(String(value)) ? 'must not be empty, "." or ".."' : undefined)

/** A value that fits into a header. */
export const headerText =
  (check?: Check): Check =>
  (value) =>
    check?.(value) ?? (/^[\t\x20-\x7e\x80-\xff]*$/.test(String(value)) ? undefined : 'must fit into a header')
