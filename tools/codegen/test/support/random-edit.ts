/** Returns a generator of numbers from 0 to 1, the same for the same seed. */
export function randomness(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Place {
  readonly owner: object
  readonly key: string
}

/** Values that generators tend to mishandle. */
const unusual: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    '',
    ' ',
    'constructor',
    '__proto__',
    'toString',
    "'; //",
    '*/',
    '$' + '{a}',
    '\u2028',
  ],
  ...[
    'string',
    'object',
    'array',
    'null',
    'path',
    'query',
    '200',
    '204',
    'default',
    '3.1.0',
    'a\nb',
    '<b>',
    '2024-01-01',
  ],
  ...[[], {}, [null], [[]], { toString: 1 }, { valueOf: null, length: -1 }, { $ref: '/etc/hostname' }],
  ...[{ type: 'string' }, { type: ['integer', 'null'] }, { type: 'object' }, { const: 1 }, { enum: ['a', 1, null] }],
]

/** Returns a copy of a document with one to three random changes of values, names, order or places. */
export function randomlyEdited(document: object, random: () => number): object {
  const copy = structuredClone(document)
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) change(copy, random)
  return copy
}

function change(document: object, random: () => number): void {
  const all = [...places(document)]
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const [here, there] = [pick(all), pick(all)]
  const value: unknown = Reflect.get(here.owner, here.key)
  const other: unknown = structuredClone(Reflect.get(there.owner, there.key))
  const put = (key: string, to: unknown) => {
    if (key !== '__proto__') Reflect.set(here.owner, key, to)
  }
  const remove = () => {
    if (Array.isArray(here.owner)) here.owner.splice(Number(here.key), 1)
    else Reflect.deleteProperty(here.owner, here.key)
  }
  const changes = [
    remove,
    () => put(here.key, pick(unusual)),
    () => put(here.key, other),
    // A value of the same kind from another place is the most likely to be accepted.
    () => put(here.key, valueLike(value, all, pick)),
    () => put(there.key, other),
    () => {
      if (Array.isArray(here.owner)) return
      remove()
      put(there.key, value)
    },
    () => Array.isArray(value) && value.reverse(),
    () => Array.isArray(value) && value.push(structuredClone(pick(value))),
    () => typeof value === 'number' && put(here.key, value * pick([-1, 0.5, 10, 1e10])),
    () => typeof value === 'string' && put(here.key, `${value}${JSON.stringify(pick(unusual))}`),
    () => typeof value === 'boolean' && put(here.key, !value),
  ]
  pick(changes)()
}

function valueLike(value: unknown, all: readonly Place[], pick: (places: readonly Place[]) => Place): unknown {
  const kind = (of: unknown) => (Array.isArray(of) ? 'array' : typeof of)
  const alike = all.filter(({ owner, key }) => kind(Reflect.get(owner, key)) === kind(value))
  const { owner, key } = pick(alike)
  return structuredClone(Reflect.get(owner, key))
}

function* places(node: unknown): Generator<Place> {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    yield { owner: node, key }
    yield* places(value)
  }
}
