import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readContract, readOperations } from '@image-install-queue/contract'
import { profileErrors } from '@image-install-queue/contract/profile/check'
import { makeDocumentFromString } from '@redocly/openapi-core'
import typescript from 'typescript'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const garden = readFileSync(join(root, 'tools/contract/test/fixtures/garden.yaml'), 'utf8')

/** Returns the names that the client exports. */
function exportsOfClient(): string[] {
  const file = join(root, 'packages/client/src/index.ts')
  const program = typescript.createProgram([file], { module: typescript.ModuleKind.NodeNext, noLib: true, types: [] })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const symbol = source && checker.getSymbolAtLocation(source)
  return symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : []
}

it('the profile rejects schema names that the client exports, also as type guards', async () => {
  const { document } = await readContract(join(root, 'spec/openapi.yaml'))
  const ofOperations = readOperations(document).flatMap(({ operationId }) => {
    const name = operationId.replace(/^./, (letter) => letter.toUpperCase())
    return [`${name}Parameters`, `${name}Result`]
  })
  // Names that depend on the contract.
  const generated = new Set([...Object.keys(document.components?.schemas ?? {}), ...ofOperations])
  const names = exportsOfClient()
    .map((name) => name.replace(/^is(?=[A-Z])/, ''))
    .filter((name) => /^[A-Z]/.test(name) && !generated.has(name))
  expect(names).toContain('ApiError')
  const free = names.filter((name) => {
    const text = garden.replace('    Height: {', `    ${name}: { type: string }\n    Height: {`)
    const { parsed, source } = makeDocumentFromString(text, 'contract.yaml')
    return !profileErrors(parsed, source).some(({ message }) =>
      message.startsWith(`"${name}" is outside the profile: `),
    )
  })
  expect(free).toEqual([])
})
