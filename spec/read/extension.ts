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
