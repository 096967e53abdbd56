import { readFileSync } from 'node:fs'
import { parseYaml } from '@redocly/openapi-core'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { Path, PathError } from './errors.ts'
import { formats } from './formats.ts'

const profile = parseYaml(readFileSync(new URL('profile.yaml', import.meta.url), 'utf8')) as {
  readonly instead: Readonly<Record<string, string>>
}

/** Advice by unsupported keyword. */
const advice = new Map(
  Object.entries(profile.instead).flatMap(([instead, words]) => words.split(', ').map((word) => [word, instead])),
)

/** An error of Ajv, with the part of the profile that was violated. */
type AjvError = ErrorObject & { readonly parentSchema?: Hinted & { readonly properties?: Record<string, Hinted> } }
type Hinted = { readonly hint?: string }

const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, ownProperties: true, formats })
ajv.addVocabulary(['hint', 'instead'])
const validate = ajv.compile(profile)

/** Validates a document against profile.yaml. */
export function grammarErrors(document: unknown): PathError[] {
  validate(document)
  return dedupeAjvErrors(validate.errors ?? []).map(toPathError)
}

/**
 * Drops errors that follow from another one, and groups unknown keywords of one node that have the same advice. Errors with a
 * hint come first, since the first error at a place is the one that is shown.
 */
function dedupeAjvErrors(errors: readonly AjvError[]): AjvError[][] {
  // If only one name is allowed, another name is a misspelling of it.
  const misspelt = new Set(
    errors
      .filter((error) => error.keyword === 'additionalProperties' && keywordsOf(error).length === 1)
      .map(({ instancePath }) => instancePath),
  )
  const misnamed = errors.flatMap(({ instancePath, propertyName }) =>
    propertyName === undefined ? [] : [`${instancePath}/${escapePointer(propertyName)}`],
  )
  const forbidden = errors.filter(({ keyword, schema }) => keyword === 'not' && schema === true)
  const references = new Set(
    errors.flatMap((error) => (error.params.additionalProperty === '$ref' ? [error.instancePath] : [])),
  )
  const isConsequence = (error: AjvError) => {
    const { keyword, instancePath } = error
    const isInside = (place: string) => instancePath === place || instancePath.startsWith(`${place}/`)
    return (
      keyword === 'if' ||
      keyword === 'propertyNames' ||
      (keyword === 'required' && (misspelt.has(instancePath) || references.has(instancePath))) ||
      misnamed.some(isInside) ||
      forbidden.some((other) => other !== error && isInside(other.instancePath))
    )
  }
  const groups = new Map<unknown, AjvError[]>()
  for (const error of errors.filter((error) => !isConsequence(error))) {
    const isUnknown = error.keyword === 'additionalProperties' && keywordsOf(error).length > 0
    const key = isUnknown ? `${error.instancePath} ${adviceOn(error)}` : error
    groups.set(key, [...(groups.get(key) ?? []), error])
  }
  const hasHint = ([error]: readonly AjvError[]) => Number(Boolean(error?.parentSchema?.hint))
  return [...groups.values()].sort((a, b) => hasHint(b) - hasHint(a))
}

/** The keywords that a node may have; none if its keys are names. */
const keywordsOf = ({ parentSchema }: AjvError) => Object.keys(parentSchema?.properties ?? {})

const adviceOn = (error: AjvError): string =>
  advice.get(error.params.additionalProperty) ??
  error.parentSchema?.hint ??
  `write one of ${keywordsOf(error).join(', ')}`

function toPathError(errors: readonly AjvError[]): PathError {
  // A group has at least one error.
  const [error] = errors as [AjvError]
  const { keyword, instancePath, params, schema, parentSchema, data, propertyName } = error
  const path = instancePath.split('/').slice(1).map(unescapePointer)
  const hint = parentSchema?.hint
  if (propertyName !== undefined)
    return { path: [...path, propertyName], onKey: true, message: outside([propertyName], hint) }
  if (keyword === 'additionalProperties') {
    const names: string[] = errors.map(({ params }) => params.additionalProperty)
    return { path: [...path, params.additionalProperty], onKey: true, message: outside(names, adviceOn(error)) }
  }
  if (keyword === 'required' || keyword === 'dependentRequired') {
    const missing: string = params.missingProperty
    const instead = parentSchema?.properties?.[missing]?.hint ?? hint ?? 'add it'
    return { path, onKey: true, missing, message: `"${missing}" is missing in "${nameOf(path)}": ${instead}` }
  }
  if (keyword === 'type' && schema === 'string' && data === null && !path.includes('type'))
    return { path, onKey: true, message: `"${nameOf(path)}" is empty: ${nextStep(error, path)}` }
  // A keyword that must not be there is reported at its key, whatever its value.
  const onKey = keyword === 'not' && (schema === true || typeof data === 'object')
  return { path, onKey, message: outside([nameOf(path)], nextStep(error, path), onKey ? {} : data) }
}

const typeNames: ReadonlyMap<unknown, string> = new Map(
  Object.entries({
    string: 'a string',
    integer: 'an integer',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
  }),
)

/** Returns how to write the value. */
function nextStep({ keyword, params, schema, parentSchema, message, data }: AjvError, path: Path): string {
  if (data === null && path.some((name) => name === 'type')) return 'write "null" in quotes'
  if (keyword === 'type' && schema === 'string')
    return parentSchema?.hint ?? (data === null ? 'write a string' : 'write a string, in quotes')
  if (keyword === 'type' && schema === 'object' && parentSchema?.hint) return parentSchema.hint
  if (keyword === 'type')
    return `write ${[schema]
      .flat()
      .map((type) => typeNames.get(type))
      .join(' or ')}`
  if (parentSchema?.hint) return parentSchema.hint
  const allowed: unknown = params.allowedValues ?? (keyword === 'const' ? [params.allowedValue] : undefined)
  if (Array.isArray(allowed)) return `write ${allowed.map((value) => JSON.stringify(value)).join(' or ')}`
  return `it ${message}`
}

/** The last name of a path; for an item of a list, the name of the list and its index. */
function nameOf(path: Path): string {
  const last = path.at(-1) ?? 'document'
  return /^\d+$/.test(last) && path.at(-2) !== 'responses' ? `${path.at(-2)}[${last}]` : last
}

function outside(names: readonly string[], instead = 'leave it out', data: unknown = {}): string {
  const value = typeof data === 'object' && data !== null ? '' : `: ${JSON.stringify(data).slice(0, 60)}`
  const subject = names.map((name) => JSON.stringify(name)).join(', ')
  return `${subject}${value} ${names.length > 1 ? 'are' : 'is'} outside the profile: ${instead}`
}

/** A key as a segment of a JSON pointer. */
export const escapePointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

const unescapePointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~')
