/**
 * Checks responses against the contract, for the client option `validate`. A separate module, so that it is bundled only
 * if you import it. It does not use `eval`. The keyword `format` is not checked.
 *
 * @module
 */
import type { PlainSchema } from './contract.ts'
import { ContractViolationError } from './errors.ts'
import { responses, schemas } from './generated/validators.gen.ts'
import type { Validate, Violation } from './options.ts'
import { ignoreErrors, isRecord, validationError } from './values.ts'

/**
 * Finds every violation in a response of what the contract declares for this operation and status, and reports it as the
 * client option `onContractViolation` specifies. A status that the contract does not declare is not checked.
 *
 * @throws {ContractViolationError} with `onContractViolation: 'throw'`
 * @example
 * ```ts
 * import { createClient } from '@image-install-queue/client'
 * import { validate } from '@image-install-queue/client/validate'
 *
 * const client = createClient({ validate, onContractViolation: (violations) => console.warn(violations) })
 * ```
 */
export const validate: Validate = (operation, status, data, { onContractViolation, logger = console } = {}) => {
  const declared: Readonly<Record<string, Readonly<Record<string, Schema>>>> = responses
  const found = findViolations(declared[operation]?.[status] ?? {}, data, '', schemas)
  if (found.length === 0) return found
  const list = found.map(({ path, message }) => `${path || 'the body'} ${message}`).join('; ')
  const message = `the response does not match the contract: ${list}`
  if (onContractViolation === 'throw') throw new ContractViolationError(message, { operation, data, violations: found })
  ignoreErrors(() =>
    onContractViolation
      ? onContractViolation(found)
      : logger.warn({ operation, violations: found }, `${operation}: ${message}`),
  )
  return found
}

/** JSON Schema as generated: references are names, and a union has discriminators. */
export interface Schema extends PlainSchema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  /** A schema, and null. */
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly discriminators?: readonly Discriminator[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly items?: Schema
}

/** Distinguishes a variant of a union from the others: it has the property, with this value if one is given. */
interface Discriminator {
  readonly property: string
  readonly const?: unknown
}

/** The violations of a schema in a value; one wrong field is one violation. */
export function findViolations(
  schema: Schema,
  value: unknown,
  path: string,
  all: Readonly<Record<string, Schema>>,
): Violation[] {
  const message = validationError(schema, value)
  // A value of the wrong type breaks several assertions, but it is one mistake.
  if (message) return [{ path, message }]
  const check: Check = (sub, part = value, at = path) => findViolations(sub, part, at, all)
  const { $ref, allOf = [], anyOf, oneOf, discriminators = [], items } = schema
  return [
    ...($ref === undefined ? [] : check(all[$ref] ?? {})),
    ...allOf.flatMap((part) => check(part)),
    ...(anyOf ? fewest(anyOf.map((variant) => check(variant))) : []),
    ...(oneOf ? unionViolations(oneOf, discriminators, value, check, path) : []),
    ...(items && Array.isArray(value) ? value.flatMap((item, index) => check(items, item, `${path}/${index}`)) : []),
    ...(isRecord(value) ? objectViolations(schema, value, path, check) : []),
  ]
}

type Check = (schema: Schema, value?: unknown, path?: string) => Violation[]

const fewest = (found: readonly Violation[][]): Violation[] =>
  found.reduce((best, list) => (list.length < best.length ? list : best))

/** The violations of the variant whose discriminator the value has, otherwise of the variant with the fewest. */
function unionViolations(
  variants: readonly Schema[],
  discriminators: readonly Discriminator[],
  value: unknown,
  check: Check,
  path: string,
): Violation[] {
  const found = variants.map((variant) => check(variant))
  const matches = found.filter((list) => list.length === 0).length
  if (matches > 1) return [{ path, message: 'matches more than one of the allowed types' }]
  const claimed = found.filter((_, index) => hasDiscriminator(discriminators[index], value))
  return fewest(claimed.length > 0 && matches === 0 ? claimed : found)
}

function hasDiscriminator(discriminator: Discriminator | undefined, value: unknown): boolean {
  if (!discriminator || !isRecord(value) || !Object.hasOwn(value, discriminator.property)) return false
  return discriminator.const === undefined || value[discriminator.property] === discriminator.const
}

function objectViolations(
  { required = [], properties = {}, additionalProperties }: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  check: Check,
): Violation[] {
  const at = (name: string) => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const missing = required.filter((name) => !Object.hasOwn(value, name))
  return [
    ...missing.map((name) => ({ path: at(name), message: 'is missing' })),
    ...Object.keys(value).flatMap((name) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
      return schema ? check(schema, value[name], at(name)) : []
    }),
  ]
}
