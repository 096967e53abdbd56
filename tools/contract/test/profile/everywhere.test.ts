import { parseYaml } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { errorsIn, garden, installs } from './support.ts'

type Node = Record<string, unknown>
type Path = readonly string[]

/** Maps whose keys are names, and values that are data: no key is a keyword there. */
const isFree = (path: Path) =>
  /^(properties|headers|schemas|securitySchemes|examples)$/.test(path.at(-1) ?? '') ||
  /^components,(parameters|responses)$/.test(path.join()) ||
  path.at(-2) === 'security' ||
  path.some((step) => step === 'value' || step === 'when')

/** Each node in which keywords have a meaning. */
function* nodes(value: unknown, path: Path = []): Generator<{ node: Node; path: Path }> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value) && !isFree(path)) yield { node: value as Node, path }
  for (const [key, child] of Object.entries(value)) yield* nodes(child, [...path, key])
}

const nowhere = () => false
const isOperation = (path: Path) => path[0] === 'paths' && path.length === 3
const isIn = (map: string) => (path: Path) => path.at(-2) === map

/** A keyword, and where it belongs. */
const words: Record<string, [word: string, belongs: (path: Path) => boolean]> = {
  'an unknown keyword': ['colour', nowhere],
  'an unknown extension': ['x-evidense', nowhere],
  'an unsupported keyword': ['discriminator', nowhere],
  'a keyword of the document': ['openapi', (path) => path.length === 0],
  'a keyword of an operation': ['operationId', isOperation],
  'a keyword of a parameter': ['in', isIn('parameters')],
  'a keyword of a response': ['x-outcome', isIn('responses')],
  'a keyword of a security scheme': ['scheme', isIn('securitySchemes')],
  'a keyword of an example': ['x-next', isIn('examples')],
}

describe.each([
  ['the contract', installs],
  ['a contract that uses nearly all of the profile', garden],
])('at every node of %s', (_, text) => {
  it.each(Object.entries(words))('%s is rejected once, at its line, where it does not belong', (_, [word, belongs]) => {
    const document: unknown = parseYaml(text)
    const misplaced = [...nodes(document)].filter(({ path }) => !belongs(path))
    for (const { node } of misplaced) node[word] = 'out of place'
    const json = JSON.stringify(document, null, 1)
    const lines = json.split('\n').flatMap((line, i) => (line.includes(`"${word}": "out of place"`) ? [i + 1] : []))
    expect(lines).toHaveLength(misplaced.length)

    const found = errorsIn(json)
    expect(found.filter(({ message }) => !message.startsWith(`"${word}" is outside the profile: `))).toEqual([])
    expect(found.map(({ line }) => line)).toEqual(lines)
  })
})
