import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InvalidContractError, readContract } from '@image-install-queue/contract'
import { parseYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addClient, compile, generate, makeWorkshop } from './support/generated.ts'
import { garbled, mutated, randomness } from './support/mutate.ts'

// Others are tried by hand: MUTANTS=10000 SEED=2.
const { MUTANTS: count = '2000', SEED: seed = '1' } = process.env

const contracts = ['spec/openapi.yaml', 'tools/contract/test/fixtures/garden.yaml'].map((file) => {
  const text = readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')
  return { text, document: Object(parseYaml(text)) }
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutants-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Mutants of the contracts in turn, by seed: most of them changed as data, some as text. */
function* mutants(seed: number, count: number): Generator<string> {
  const random = randomness(seed)
  for (let i = 0; i < count; i++) {
    const { text, document } = contracts[Math.floor(random() * contracts.length)] ?? { text: '', document: {} }
    yield i % 5 === 0 ? garbled(text, random) : JSON.stringify(mutated(document, random), null, 1)
  }
}

/** The lines of a refusal, or undefined if the contract is accepted. What is thrown besides is a defect. */
async function refusal(contract: string): Promise<readonly string[] | undefined> {
  writeFileSync(join(folder, 'contract.yaml'), contract)
  try {
    await readContract(join(folder, 'contract.yaml'))
    return undefined
  } catch (error) {
    if (error instanceof InvalidContractError) return error.message.split('\n')
    throw error
  }
}

describe('a mutated contract', () => {
  it('is refused with every place, or gives code that parses', { timeout: 3_600_000 }, async () => {
    const figures = { accepted: 0, refused: 0 }
    for (const mutant of mutants(Number(seed), Number(count))) {
      const lines = await refusal(mutant).catch((error: Error) => [error.stack])
      if (lines) {
        expect(lines, mutant).toEqual(lines.map(() => expect.stringMatching(/^\S*contract\.yaml:[1-9]\d*:[1-9]\d*: ./)))
        figures.refused++
        continue
      }
      figures.accepted++
      for (const target of ['client', 'mock'] as const) {
        const errors = await generate(target, join(folder, 'contract.yaml'), join(folder, target)).catch(
          (error: Error) => error.stack,
        )
        expect(errors, mutant).toEqual([])
      }
    }
    expect(figures, `${figures.accepted} accepted`).toEqual({
      accepted: expect.toSatisfy((accepted) => accepted > Number(count) / 10),
      refused: expect.toSatisfy((refused) => refused > Number(count) / 10),
    })
  })

  it('gives a client that compiles, if it is accepted', { timeout: 600_000 }, async () => {
    const workshop = join(folder, 'workshop')
    makeWorkshop(workshop)
    let accepted = 0
    for (const mutant of mutants(Number(seed) + 1, 1000)) {
      if (await refusal(mutant)) continue
      await addClient(workshop, `${accepted++}`, mutant)
      if (accepted === 50) break
    }
    expect(accepted).toBe(50)
    expect(compile(workshop)).toBe('')
  })
})
