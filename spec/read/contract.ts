import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import {
  BaseResolver,
  createConfig,
  getLineColLocation,
  lintDocument,
  makeDocumentFromString,
  type Oas3_1Definition,
  type UserContext,
} from '@redocly/openapi-core'
import { type Operation, readOperations } from './operations.ts'

/** A contract that was read and found valid. */
export interface Contract {
  /** The file as it stands on disk. */
  readonly source: string
  /** SHA-256 of {@link source}, hexadecimal. */
  readonly sha256: string
  /** `info.version`. */
  readonly version: string
  readonly document: Oas3_1Definition
  readonly operations: readonly Operation[]
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
  const source = readSource(file, name)
  const parsed = parse(source, file, name)
  const document = parsed.parsed
  if (!isOpenApi31(document)) {
    throw new InvalidContractError(`${name}:1:1 not an OpenAPI 3.1 document: it must start with "openapi: 3.1.1"`)
  }
  const config = await createConfig({
    plugins: [{ id: 'contract', rules: { oas3: { 'one-file': () => ({ ref: refuseOtherFiles }) } } }],
    rules: { struct: 'error', 'no-unresolved-refs': 'error', 'contract/one-file': 'error' },
  })
  const problems = await lintDocument({
    document: parsed,
    config,
    externalRefResolver: new BaseResolver(config.resolve),
  })
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
    source,
    sha256: createHash('sha256').update(source).digest('hex'),
    version: document.info?.version ?? '',
    document,
    operations: readOperations(document),
  }
}

function refuseOtherFiles({ $ref }: { $ref: string }, { report, location }: UserContext): void {
  if ($ref.startsWith('#/')) return
  const message = `The reference ${$ref} leaves the document; the contract is one file.`
  report({ message, location: location.child('$ref') })
}

/** The linter has the rest of the structure checked before anybody relies on the type. */
function isOpenApi31(document: unknown): document is Oas3_1Definition {
  if (typeof document !== 'object' || document === null || !('openapi' in document)) return false
  return typeof document.openapi === 'string' && document.openapi.startsWith('3.1.')
}

function readSource(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new InvalidContractError(`${name}:1:1 cannot be read: ${reason(cause)}`)
  }
}

function parse(source: string, file: string, name: string) {
  try {
    return makeDocumentFromString(source, file)
  } catch (cause) {
    const [, message, line, column] = /^(.*\((\d+):(\d+)\))/.exec(reason(cause)) ?? ['', reason(cause), 1, 1]
    throw new InvalidContractError(`${name}:${line}:${column} not YAML: ${message}`)
  }
}

function reason(error: unknown): string {
  return String(error).replace(/^\w+: /, '')
}
