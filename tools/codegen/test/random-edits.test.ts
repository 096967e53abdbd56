import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contract, InvalidContractError } from '@image-install-queue/contract'
import { parseYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateClient } from '../src/client/index.ts'
import { generateMock } from '../src/mock/index.ts'
import { addClient, compile, contractFrom, makeWorkshop, syntaxErrors } from './support/generated.ts'
import { randomlyEdited, randomness } from './support/random-edit.ts'

// To try more by hand: EDITS=10000 SEED=2.
const { EDITS: count = '500', SEED: seed = '1' } = process.env

const contracts = ['installs.yaml', 'garden.yaml'].map((file) =>
  Object(parseYaml(readFileSync(join(import.meta.dirname, '../../contract/test/fixtures', file), 'utf8'))),
)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'random-edits-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Yields randomly edited contracts, the same for the same seed. */
function* editedContracts(seed: number, count: number): Generator<string> {
  const random = randomness(seed)
  for (let i = 0; i < count; i++) {
    const document: object = contracts[Math.floor(random() * contracts.length)] ?? {}
    yield JSON.stringify(randomlyEdited(document, random), null, 1)
  }
}

/** Returns a contract, or why it is rejected. Any other error is a defect. */
const read = (contract: string): Promise<Contract | InvalidContractError> =>
  contractFrom(contract).catch((error) => {
    if (error instanceof InvalidContractError) return error
    throw error
  })

/** Returns the lines of an error without a place, a crash, or generated code that does not parse. */
async function defects(contract: string, counts: { accepted: number; rejected: number }): Promise<string[]> {
  try {
    const result = await read(contract)
    if (result instanceof InvalidContractError) {
      counts.rejected++
      return result.message.split('\n').filter((line) => !/^\S*contract\.yaml:[1-9]\d*:[1-9]\d*: ./.test(line))
    }
    counts.accepted++
    return syntaxErrors({ ...(await generateClient(result)), ...(await generateMock(result)) })
  } catch (error) {
    return [`${error instanceof Error ? error.stack : error}`]
  }
}

describe('a randomly edited contract', () => {
  it('is rejected with every place, or generates code that parses', { timeout: 3_600_000 }, async () => {
    const counts = { accepted: 0, rejected: 0 }
    for (const contract of editedContracts(Number(seed), Number(count))) {
      expect(await defects(contract, counts), contract).toEqual([])
    }
    expect(counts, `${counts.accepted} accepted`).toEqual({
      accepted: expect.toSatisfy((accepted) => accepted > Number(count) / 10),
      rejected: expect.toSatisfy((rejected) => rejected > Number(count) / 10),
    })
  })

  it('generates a client that compiles, if it is accepted', { timeout: 600_000 }, async () => {
    const workshop = join(folder, 'workshop')
    makeWorkshop(workshop)
    let accepted = 0
    for (const contract of editedContracts(Number(seed) + 1, 1000)) {
      if ((await read(contract)) instanceof InvalidContractError) continue
      await addClient(workshop, `${accepted++}`, contract)
      if (accepted === 50) break
    }
    expect(accepted).toBe(50)
    expect(compile(workshop)).toBe('')
  })
})
