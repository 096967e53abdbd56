import type { Rule } from './contract.ts'

const hasType = (type: string, value: unknown): boolean => {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  return type === typeName(value)
}

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

const withArticle = (type: string): string => (type === 'null' ? type : `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`)

const equal = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** The first assertion that a value breaks, as the end of a sentence: `must be at least 1`. */
export function broken(rule: Rule, value: unknown): string | undefined {
  const types = rule.type === undefined ? [] : [rule.type].flat()
  if (types.length > 0 && !types.some((type) => hasType(type, value))) {
    return `must be ${types.map(withArticle).join(' or ')}`
  }
  const values = 'const' in rule ? [rule.const] : rule.enum
  if (values && !values.some((allowed) => equal(allowed, value))) {
    return `must be ${values.map((allowed) => JSON.stringify(allowed)).join(' or ')}`
  }
  if (typeof value === 'number') return brokenNumber(rule, value)
  if (typeof value === 'string') {
    return brokenSize(rule.minLength, rule.maxLength, [...value].length, 'character') ?? brokenPattern(rule, value)
  }
  return Array.isArray(value) ? brokenSize(rule.minItems, rule.maxItems, value.length, 'item') : undefined
}

function brokenNumber(rule: Rule, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = rule
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `must be more than ${exclusiveMinimum}`
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `must be less than ${exclusiveMaximum}`
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) return `must be a multiple of ${multipleOf}`
  return undefined
}

function brokenSize(least = 0, most = Number.POSITIVE_INFINITY, size: number, unit: string): string | undefined {
  if (size < least) return `must have at least ${least} ${unit}${least === 1 ? '' : 's'}`
  return size > most ? `must have at most ${most} ${unit}${most === 1 ? '' : 's'}` : undefined
}

const brokenPattern = ({ pattern }: Rule, value: string): string | undefined =>
  pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : `must match ${pattern}`
