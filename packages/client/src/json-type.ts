/** The JSON type of a value. */
export const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeOf(value) === 'object'
