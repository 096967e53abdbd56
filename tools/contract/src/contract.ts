import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { BaseResolver, YamlParseError } from '@redocly/openapi-core'
import type { Document } from './document.ts'
import { refusalsOf } from './profile/refusals.ts'

/** A contract that was read and found inside the profile. */
export interface Contract {
  /** SHA-256 of its text, hexadecimal. */
  readonly sha256: string
  /** `info.version`. */
  readonly version: string
  readonly document: Document
}

/** The contract cannot be used. The message holds a line for each mistake: `file:line:column: reason`. */
export class InvalidContractError extends Error {
  override readonly name = 'InvalidContractError'
}

/**
 * Reads a contract and holds it against the profile (`spec/profile.yaml`). Nothing but the file is read: no reference is
 * followed out of it. House rules are not applied here.
 *
 * @param file path of the YAML or JSON file
 * @throws {InvalidContractError} when the file is missing, is not YAML, or has something outside the profile
 */
export async function readContract(file: string): Promise<Contract> {
  const name = relative(process.cwd(), file) || file
  const read = await new BaseResolver().resolveDocument(null, file, true).catch((error: Error) => error)
  if (read instanceof YamlParseError)
    throw new InvalidContractError(`${name}:${read.line || 1}:${read.col || 1}: not YAML: ${read.message}`)
  if (read instanceof Error) throw new InvalidContractError(`${name}:1:1: cannot be read: ${read.message}`)
  const refusals = refusalsOf(read.parsed, read.source)
  if (refusals.length > 0) {
    const lines = refusals.map(
      ({ line, col, message }) => `${name}:${line}:${col}: ${message}. See spec/README.md#profile`,
    )
    throw new InvalidContractError(lines.join('\n'))
  }
  // The profile describes what Document says.
  const document = read.parsed as Document
  return {
    sha256: createHash('sha256').update(read.source.body).digest('hex'),
    version: document.info.version,
    document,
  }
}
