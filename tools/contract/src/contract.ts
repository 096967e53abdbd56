import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { makeDocumentFromString, YamlParseError } from '@redocly/openapi-core'
import type { Document } from './document.ts'
import { profileErrors } from './profile/check.ts'
import { mapNodes } from './walk.ts'

/** A contract that is inside the profile. */
export interface Contract {
  /** SHA-256 of its text, hexadecimal. */
  readonly sha256: string
  /** `info.version`. */
  readonly version: string
  readonly document: Document
}

/** The contract cannot be used. The message has one line for each mistake: `file:line:column: reason`. */
export class InvalidContractError extends Error {
  override readonly name = 'InvalidContractError'
}

/**
 * Reads a contract and validates it against the profile (`src/profile/profile.yaml`). No other file is read: references that
 * lead out of the contract are rejected. The custom lint rules are not applied here.
 *
 * @param file path of the YAML or JSON file
 * @throws {InvalidContractError} when the file is missing, is not YAML, or contains something outside the profile
 */
export async function readContract(file: string): Promise<Contract> {
  const name = relative(process.cwd(), file)
  const text = await readFile(file, 'utf8').catch((error: Error) => error)
  if (text instanceof Error) throw new InvalidContractError(`${name}:1:1: cannot be read: ${text.message}`)
  const { parsed, source } = parse(text, file, name)
  const errors = profileErrors(parsed, source)
  if (errors.length > 0) {
    throw new InvalidContractError(
      errors.map(({ line, col, message }) => `${name}:${line}:${col}: ${message}`).join('\n'),
    )
  }
  // The profile accepts only what the type Document describes.
  const document = mapNodes(parsed, trimmed) as Document
  return { sha256: createHash('sha256').update(text).digest('hex'), version: document.info.version, document }
}

function parse(text: string, file: string, name: string) {
  try {
    return makeDocumentFromString(text, file)
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error
    throw new InvalidContractError(`${name}:${error.line || 1}:${error.col || 1}: not YAML: ${error.message}`)
  }
}

/** Folded and literal scalars of YAML end with a line break that is not part of the text. */
const trimmed = (node: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      texts.has(key) && typeof value === 'string' ? value.trim() : value,
    ]),
  )

const texts = new Set(['title', 'summary', 'description', 'advice'])
