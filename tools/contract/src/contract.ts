import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import {
  BaseResolver,
  createConfig,
  getLineColLocation,
  lintDocument,
  type UserContext,
  YamlParseError,
} from '@redocly/openapi-core'
import type { Document } from './document.ts'

/** A contract that was read and found valid. */
export interface Contract {
  /** SHA-256 of its text, hexadecimal. */
  readonly sha256: string
  /** `info.version`. */
  readonly version: string
  readonly document: Document
}

/** The contract cannot be used. The message holds a line per finding: `file:line:column reason`. */
export class InvalidContractError extends Error {
  override readonly name = 'InvalidContractError'
}

/**
 * Reads an OpenAPI 3.1 file and validates its structure and references; house rules are not applied here.
 *
 * @param file path of the YAML or JSON file
 * @throws {InvalidContractError} when the file is missing, is not YAML, or is not valid OpenAPI 3.1
 */
export async function readContract(file: string): Promise<Contract> {
  const name = relative(process.cwd(), file) || file
  const config = await createConfig({
    plugins: [{ id: 'contract', rules: { oas3: { 'one-file': () => ({ ref: refuseOtherFiles }) } } }],
    rules: { struct: 'error', 'no-unresolved-refs': 'error', 'contract/one-file': 'error' },
  })
  const externalRefResolver = new BaseResolver(config.resolve)
  const read = await externalRefResolver.resolveDocument(null, file, true).catch((error: Error) => error)
  if (read instanceof YamlParseError) {
    throw new InvalidContractError(`${name}:${read.line || 1}:${read.col || 1} not YAML: ${read.message}`)
  }
  if (read instanceof Error) throw new InvalidContractError(`${name}:1:1 cannot be read: ${read.message}`)
  const document = read.parsed
  if (!isOpenApi31(document)) {
    throw new InvalidContractError(`${name}:1:1 not an OpenAPI 3.1 document: it must start with "openapi: 3.1.1"`)
  }
  const problems = await lintDocument({ document: read, config, externalRefResolver })
  if (problems.length > 0) {
    const lines = problems.flatMap(({ location, message }) =>
      location.slice(0, 1).map((at) => {
        const { line, col } = getLineColLocation(at).start
        return `${name}:${line}:${col} ${message}`
      }),
    )
    throw new InvalidContractError(lines.join('\n'))
  }
  return {
    sha256: createHash('sha256').update(read.source.body).digest('hex'),
    version: document.info?.version ?? '',
    document,
  }
}

function refuseOtherFiles({ $ref }: { $ref: string }, { report, location }: UserContext): void {
  if ($ref.startsWith('#/')) return
  const message = `The reference ${$ref} leaves the document; the contract is one file.`
  report({ message, location: location.child('$ref') })
}

/** The linter has the rest of the structure checked before anybody relies on the type. */
function isOpenApi31(document: unknown): document is Document {
  if (typeof document !== 'object' || document === null || !('openapi' in document)) return false
  return typeof document.openapi === 'string' && document.openapi.startsWith('3.1.')
}
