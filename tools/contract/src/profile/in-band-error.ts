import { get, isOf, keys, list, type Path, type Refuse, type Resolve, text, typesOf } from './node.ts'

/** The types that a field of an error may have, for what is read from it. */
const fields = { code: ['string', 'integer', 'number'], message: ['string'], messages: ['array'] }

export const isError = (schema: unknown): boolean => get(schema, 'x-in-band-error') !== undefined

/** An error that comes with a success has a name, and says how it is known by values that can be. */
export function inBandError(schema: unknown, path: Path, resolve: Resolve, refuse: Refuse): void {
  const rule = get(schema, 'x-in-band-error')
  if (rule === undefined || get(schema, 'type') !== 'object') return
  const at = [...path, 'x-in-band-error']
  if (path.length !== 3)
    refuse(at, 'an error with a success status needs a name: write its schema under components/schemas')
  const names = keys(get(schema, 'properties'))
  if (names.length === 0) return
  const known = (name: string, at: Path) => {
    if (names.includes(name)) return resolve(get(schema, 'properties', name))
    refuse(at, `"${name}" is no property of this schema: name one of ${names.join(', ')}`)
    return undefined
  }
  for (const [index, when] of list(rule, 'when').entries()) {
    for (const name of keys(when)) {
      const place = [...at, 'when', `${index}`, name]
      const property = known(name, place)
      const [value, fixed, types] = [get(when, name), get(property, 'const') ?? undefined, typesOf(property)]
      const canBe = (fixed === undefined || fixed === value) && types.some((type) => isOf(type, value))
      if (types.length > 0 && !canBe)
        refuse(place, `"${name}" is never ${JSON.stringify(value)}: write a value that it can have`)
    }
  }
  for (const [field, allowed] of Object.entries(fields)) {
    const name = text(rule, field)
    const types = name === undefined ? [] : typesOf(known(name, [...at, field]))
    if (types.length > 0 && !types.some((type) => allowed.includes(type)))
      refuse(
        [...at, field],
        `"${name}" cannot be read as the ${field}: name a property that is ${allowed.join(' or ')}`,
      )
  }
}
