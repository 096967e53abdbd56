import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generateMock } from '../src/mock/index.ts'
import { contractFrom } from './support/generated.ts'

const garden = readFileSync(join(import.meta.dirname, '../../contract/test/fixtures/garden.yaml'), 'utf8')
const other = '        default: { description: Something else. }\n'

async function generated(contract: string) {
  const files = await generateMock(await contractFrom(contract))
  return JSON.parse(files['contract.gen.json'] ?? '')
}

describe('the data of the mock', () => {
  it.each([
    [500, ''],
    [502, '        "500": { description: Broken. }\n        "501": { description: Missing. }\n'],
  ])('sends an example of the status "default" as %d, the first that no other response has', async (status, others) => {
    const example = `        default:
          description: Something else.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Plant' }
              examples: { weed: { value: { kind: weed } } }
`
    const { operations } = await generated(garden.replace(other, () => others + example))
    const weed = operations[1].examples.find(({ name }: { name: string }) => name === 'weed')
    expect(weed).toMatchObject({ key: 'default', status })
  })

  it('has the required credentials of each operation', async () => {
    const open = garden.replace('operationId: addPlant\n', '$&      security: [{ bearerAuth: [] }, {}]\n')
    const { operations } = await generated(open)
    expect(operations.map(({ security }: { security: string[] }) => security)).toEqual([
      ['basic', 'bearer'],
      ['bearer', 'none'],
    ])
  })

  it('leaves out deprecated, which Prism would reject', async () => {
    const old = garden
      .replace('operationId: listPlants', '$&\n      deprecated: true')
      .replace('{ name: kind,', '{ deprecated: true, name: kind,')
      .replace('{ X-Total: {', '{ X-Total: { deprecated: true,')
    const [before, after] = [await generated(garden), await generated(old)]
    expect(after.operations).toEqual(before.operations)
  })

  it('has a sample request, with a token if only a token is accepted', async () => {
    const { sample } = await generated(garden.replace('  - basicAuth: []\n', ''))
    expect(sample).toEqual({ target: '/beds/text/plants', flags: ["--header 'authorization: Bearer token'"] })
  })

  it('has a sample request that repeats the name of a list', async () => {
    const both = 'required: true, schema: { type: array, examples: [[rose, yew]], items'
    const { sample } = await generated(
      garden.replace('schema: { type: array, items: { type: string }', `${both}: { type: string }`),
    )
    expect(sample.target).toBe('/beds/text/plants?kind=rose&kind=yew')
  })

  it('has a sample request whose path fits between single quotes', async () => {
    const { sample } = await generated(
      garden.replace(/(in: path, required: true, schema: \{ type: string)/, `$1, examples: ["gardener's"]`),
    )
    expect(sample.target).toBe('/beds/gardener%27s/plants')
  })

  it('has no sample request if every operation needs a body', async () => {
    const { sample } = await generated(
      garden.replace(/ {4}get:\n[\s\S]*?(?= {4}post:\n)/, '').replace(/ {6}x-lookup-operation.*\n/, ''),
    )
    expect(sample).toBeUndefined()
  })
})
