import { get, isOf, isType, keys, list, type Path, type Refuse, texts, typesOf } from './node.ts'

/** The values of a schema fit its type, and its keywords do. */
export function values(schema: unknown, path: Path, refuse: Refuse): void {
  const has = (word: string) => get(schema, word) !== undefined
  const types = typesOf(schema)
  // What is wrong with a type is said there.
  if (!types.every(isType) || (has('type') && types.length === 0)) return
  const type = types.join(' or ') || 'any value'
  const sets = ['const', 'enum', 'x-extensible-enum'].filter(has)
  for (const word of sets) {
    if (get(schema, word) === null) continue
    const wrong = [get(schema, word)]
      .flat()
      .find((value) => types.length > 0 && !types.some((name) => isOf(name, value)))
    if (wrong !== undefined)
      refuse([...path, word], `${JSON.stringify(wrong)} is no ${type}: change the value or the type`)
    const idle =
      word === 'x-extensible-enum'
        ? undefined
        : types.find((name) => ![get(schema, word)].flat().some((value) => isOf(name, value)))
    if (wrong === undefined && idle)
      refuse([...path, word], `no value of "${word}" is of type ${idle}: add one, or leave the type out`)
  }
  const count = list(schema, 'x-extensible-enum').length
  for (const word of ['x-enum-varnames', 'x-enum-descriptions'].filter(has)) {
    if (count > 0 && list(schema, word).length !== count)
      refuse([...path, word], `"${word}" needs one entry for each of x-extensible-enum, which has ${count}`)
  }
  for (const [low, high] of [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
  ] as const) {
    const [least, most] = [get(schema, low), get(schema, high)]
    if (typeof least === 'number' && typeof most === 'number' && least > most)
      refuse([...path, high], `no value fits: "${low}" is above "${high}"`)
  }
}

/** What an object says about its properties is about properties that it has. */
export function properties(schema: unknown, path: Path, refuse: Refuse): void {
  const names = keys(get(schema, 'properties'))
  for (const [index, name] of texts(schema, 'required').entries()) {
    if (names.length > 0 && !names.includes(name))
      refuse([...path, 'required', index], `"${name}" is required, but no property beside it: describe it there`)
  }
}
