import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contract, InvalidContractError, readContract } from '@image-install-queue/contract'
import { parseYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateClient } from '../src/client/index.ts'
import { generateMock } from '../src/mock/index.ts'
import { addClient, compile, makeWorkshop, syntaxErrors } from './support/generated.ts'
import { garbled, mutated, randomness } from './support/mutate.ts'

// Others are tried by hand: MUTANTS=10000 SEED=2.
const { MUTANTS: count = '500', SEED: seed = '1' } = process.env

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

/** A contract that is accepted, or why it is refused. What is thrown besides is a defect. */
async function read(contract: string): Promise<Contract | InvalidContractError> {
  writeFileSync(join(folder, 'contract.yaml'), contract)
  try {
    return await readContract(join(folder, 'contract.yaml'))
  } catch (error) {
    if (error instanceof InvalidContractError) return error
    throw error
  }
}

/** What is wrong with the answer to a mutant: a line of a refusal without a place, a crash, generated code that does not parse. */
async function defects(mutant: string, figures: { accepted: number; refused: number }): Promise<string[]> {
  try {
    const contract = await read(mutant)
    if (contract instanceof InvalidContractError) {
      figures.refused++
      return contract.message.split('\n').filter((line) => !/^\S*contract\.yaml:[1-9]\d*:[1-9]\d*: ./.test(line))
    }
    figures.accepted++
    return syntaxErrors({ ...(await generateClient(contract)), ...(await generateMock(contract)) })
  } catch (error) {
    return [`${error instanceof Error ? error.stack : error}`]
  }
}

describe('a mutated contract', () => {
  it('is refused with every place, or gives code that parses', { timeout: 3_600_000 }, async () => {
    const figures = { accepted: 0, refused: 0 }
    for (const mutant of mutants(Number(seed), Number(count))) {
      expect(await defects(mutant, figures), mutant).toEqual([])
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
      if ((await read(mutant)) instanceof InvalidContractError) continue
      await addClient(workshop, `${accepted++}`, mutant)
      if (accepted === 50) break
    }
    expect(accepted).toBe(50)
    expect(compile(workshop)).toBe('')
  })
})
