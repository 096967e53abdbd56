/** Nobody has validated what stands in an extension: it is taken where it is what it should be, and else left alone. */

/** A property of what may be no object. */
export const at = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined

export function textAt(node: unknown, key: string): string | undefined {
  const value = at(node, key)
  return typeof value === 'string' ? value : undefined
}

/** A condition of `x-in-band-error`, as Markdown: `success: false`. */
export const conditionText = (condition: unknown): string =>
  Object.entries(Object(condition))
    .map(([name, value]) => `\`${name}: ${JSON.stringify(value)}\``)
    .join(' with ')

export function listAt(node: unknown, key: string): readonly unknown[] {
  const value = at(node, key)
  return Array.isArray(value) ? value : []
}

/** A value of a set, with its name (`x-enum-varnames`) and meaning (`x-enum-descriptions`). */
export interface KnownValue {
  readonly value: unknown
  readonly name: string | undefined
  readonly meaning: string | undefined
}

/** The values of an open set, or those that are given. */
export function knownValues(node: object, values = openSet(node)): KnownValue[] {
  const [names, meanings] = [at(node, 'x-enum-varnames'), at(node, 'x-enum-descriptions')]
  return values.map((value, index) => ({
    value,
    name: textAt(names, `${index}`),
    meaning: textAt(meanings, `${index}`),
  }))
}

const openSet = (node: object): readonly unknown[] =>
  listAt(node, 'x-extensible-enum').filter((value) => typeof value === 'string' || typeof value === 'number')
