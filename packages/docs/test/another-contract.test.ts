import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, readOperations } from '@image-install-queue/contract'
import { describe, expect, it } from 'vitest'
import { redocDocument } from '../src/redoc-document.ts'
import { reference } from '../src/reference.ts'
import { readDocumentation } from '../src/sections.ts'
import { garden, read } from './read.ts'

// Contracts with bodies, lists, headers, tokens and unions, and hardly any descriptions.
const parcels = readFileSync(join(import.meta.dirname, '../../../tools/proof/test/other-contract/parcels.yaml'), 'utf8')

const plain = (document: Document) => reference(readDocumentation(document))
const redoc = (document: Document) => JSON.stringify(redocDocument(readDocumentation(document)))

/** The names under these keywords, anywhere in a contract. */
function namesUnder(node: unknown, keywords: readonly string[]): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => [
    ...(keywords.includes(key) && !Array.isArray(value) ? Object.keys(Object(value)) : []),
    ...namesUnder(value, keywords),
  ])
}

describe.each([
  { name: 'Garden', contract: garden },
  { name: 'Parcel desk', contract: parcels },
])('the documentation of $name', ({ contract }) => {
  it.each([
    ['the plain reference', plain],
    ["Redoc's document", redoc],
  ])('%s has every call, parameter, header, status, field and schema', async (_, write) => {
    const document = await read(contract)
    const shown = write(document)
    const names = [
      ...namesUnder(document, ['paths', 'responses', 'headers', 'properties', 'schemas']),
      ...readOperations(document).flatMap(({ operationId, parameters }) => [
        operationId,
        ...parameters.map((parameter) => parameter.name),
      ]),
    ]
    expect(names.length).toBeGreaterThan(20)
    // A response that several calls share is shown by its status.
    expect(names.filter((name) => !shown.includes(name) && name !== 'lost')).toEqual([])
  })
})

it.each([
  ['the plain reference', plain],
  ["Redoc's document", redoc],
])('%s has every note that the profile allows', async (_, write) => {
  const notes = readFileSync(join(import.meta.dirname, 'notes.yaml'), 'utf8')
  const shown = write(await read(notes))
  const words = notes.match(/\b[Zz]z\w+/g) ?? []
  expect(words.length).toBeGreaterThan(50)
  expect(words.filter((word) => !shown.includes(word))).toEqual([])
})

it('marks a call that is deprecated', async () => {
  const document = await read(garden.replace('operationId: listPlants\n', '$&      deprecated: true\n'))
  expect(plain(document)).toContain('**GET** `/beds/{bed}/plants`\n\n**Deprecated.**')
})

describe('the errors of a contract that hardly describes them', () => {
  it('are unknown where a status has no outcome', async () => {
    const document = await read(garden)
    expect(plain(document)).toContain('| default | Something else. | unknown | unknown |')
  })

  it('have no table where a call has none', async () => {
    expect(plain(await read(parcels))).toContain('**Find parcels**\n\nIf you get no response, retry')
  })

  it('link no lookup operation where the contract names none', async () => {
    const document = await read(garden.replace('      x-lookup-operation: listPlants\n', ''))
    expect(plain(document)).toMatch(/do not resend it blindly\.\n/)
  })
})
