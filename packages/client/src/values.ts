import type { PlainSchema } from './contract.ts'

/** The JSON type of a value. */
export const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeOf(value) === 'object'

/** The result of a function, or undefined if it throws, for example because a value is nested too deeply. */
export function orUndefined<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

export const doesNotThrow = (action: () => unknown): boolean => orUndefined(() => [action()]) !== undefined

/** Runs a callback and ignores its errors, so that a failing logger cannot hide a queued job. */
export function ignoreErrors(callback: () => unknown): void {
  const settled = async () => callback()
  settled().catch(() => {})
}

const typeNames: Readonly<Record<string, string>> = {
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

/** The types that a schema allows; none if it allows any. */
const typesOf = ({ type = [] }: PlainSchema): readonly string[] => (typeof type === 'string' ? [type] : type)

/** The first rule of a schema that a value itself breaks, as the end of a sentence: `must be at least 1`. */
export function validationError(schema: PlainSchema, value: unknown): string | undefined {
  const types = typesOf(schema)
  if (types.length > 0 && !types.some((type) => hasType(type, value)))
    return `must be ${types.map((type) => typeNames[type] ?? type).join(' or ')}`
  const values = schema.const === undefined ? schema.enum : [schema.const]
  if (values && !values.includes(value))
    return `must be ${values.map((allowed) => JSON.stringify(allowed)).join(' or ')}`
  if (typeof value === 'number') return numberError(schema, value)
  if (typeof value === 'string') {
    const size = sizeError(schema.minLength, schema.maxLength, [...value].length, 'characters')
    if (size) return size
    return schema.pattern && !new RegExp(schema.pattern, 'u').test(value) ? `must match ${schema.pattern}` : undefined
  }
  return Array.isArray(value) ? sizeError(schema.minItems, schema.maxItems, value.length, 'items') : undefined
}

function numberError(schema: PlainSchema, value: number): string | undefined {
  const { minimum, maximum } = schema
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`
  // JSON has no limit, but JavaScript rounds integers beyond its own.
  const isRounded = typesOf(schema).includes('integer') && !Number.isSafeInteger(value)
  return isRounded ? 'must be an integer that JavaScript can represent exactly' : undefined
}

function sizeError(least = 0, most = Number.POSITIVE_INFINITY, size: number, unit: string): string | undefined {
  if (size < least) return `must have at least ${least} ${unit}`
  return size > most ? `must have at most ${most} ${unit}` : undefined
}
