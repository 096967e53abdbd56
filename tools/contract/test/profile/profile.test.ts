import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '@redocly/openapi-core'
import { expect, it } from 'vitest'

const profile = Object(parseYaml(readFileSync(join(import.meta.dirname, '../../src/profile/profile.yaml'), 'utf8')))

const words = [
  ...['$defs', '$ref', '$schema', 'title', 'instead', 'hint', 'type', 'const', 'enum', 'pattern', 'format'],
  ...[
    'minimum',
    'maximum',
    'minItems',
    'maxItems',
    'maxProperties',
    'minProperties',
    'uniqueItems',
    'contains',
    'items',
  ],
  ...['prefixItems', 'properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'required'],
  ...['dependentRequired', 'allOf', 'anyOf', 'not', 'if', 'then', 'else'],
]

/** The keywords of a schema and of the schemas in it. */
function* keywords(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [word, value] of Object.entries(schema)) {
    yield word
    const named = ['$defs', 'properties', 'patternProperties'].includes(word)
    if (named || Array.isArray(value)) for (const inner of Object.values(value)) yield* keywords(inner)
    else if (!['instead', 'dependentRequired'].includes(word)) yield* keywords(value)
  }
}

it('the profile has no keyword without effect, such as a hint that a comma cuts off', () => {
  expect([...new Set(keywords(profile))].filter((word) => !words.includes(word))).toEqual([])
})

it('gives advice for each keyword once', () => {
  const all = Object.values<string>(profile.instead).flatMap((list) => list.split(', '))
  expect(all.filter((word, index) => all.indexOf(word) < index)).toEqual([])
  expect(all.every((word) => /^[$\w]+$/.test(word))).toBe(true)
})
