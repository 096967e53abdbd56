import type { PlainSchema } from './contract.ts'

/** The JSON type of a value. */
export const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeOf(value) === 'object'

/** What cannot be made is undefined, also because a value is too deep. */
export function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** Whether something can be made, whatever it is. */
export const canMake = (make: () => unknown): boolean => attempt(() => [make()]) !== undefined

const words: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
}

function hasType(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  return type === typeOf(value)
}

/** Any type where none is named. Asked several times in each call, where `flat` would show. */
const typesOf = ({ type = [] }: PlainSchema): readonly string[] => (typeof type === 'string' ? [type] : type)

/** The first thing about a value itself that breaks its schema, as the end of a sentence: `must be at least 1`. */
export function broken(schema: PlainSchema, value: unknown): string | undefined {
  const types = typesOf(schema)
  if (types.length > 0 && !types.some((type) => hasType(type, value)))
    return `must be ${types.map((type) => words[type] ?? type).join(' or ')}`
  const values = schema.const === undefined ? schema.enum : [schema.const]
  if (values && !values.includes(value))
    return `must be ${values.map((allowed) => JSON.stringify(allowed)).join(' or ')}`
  if (typeof value === 'number') return brokenNumber(schema, value)
  if (typeof value === 'string') {
    const size = brokenSize(schema.minLength, schema.maxLength, [...value].length, 'characters')
    return (
      size ??
      (schema.pattern && !new RegExp(schema.pattern, 'u').test(value) ? `must match ${schema.pattern}` : undefined)
    )
  }
  return Array.isArray(value) ? brokenSize(schema.minItems, schema.maxItems, value.length, 'items') : undefined
}

function brokenNumber(schema: PlainSchema, value: number): string | undefined {
  const { minimum, maximum } = schema
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`
  // JSON has no limit, but JavaScript rounds what is beyond its own.
  const isRounded = typesOf(schema).includes('integer') && !Number.isSafeInteger(value)
  return isRounded ? 'must be an integer that JavaScript can hold exactly' : undefined
}

function brokenSize(least = 0, most = Number.POSITIVE_INFINITY, size: number, unit: string): string | undefined {
  if (size < least) return `must have at least ${least} ${unit}`
  return size > most ? `must have at most ${most} ${unit}` : undefined
}
