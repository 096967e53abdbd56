import { readFileSync } from 'node:fs'
import { parseYaml } from '@redocly/openapi-core'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { PathError } from './errors.ts'
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

// Ajv rejects a keyword of the profile that has no effect, such as the rest of a hint after a comma.
const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  ownProperties: true,
  formats,
})
ajv.addVocabulary(['hint', 'instead'])
const validate = ajv.compile(profile)

/** Validates a document against profile.yaml. */
export function grammarErrors(document: unknown): PathError[] {
  validate(document)
  const hasHint = ({ parentSchema }: AjvError) => Number(Boolean(parentSchema?.hint))
  // The first error at a place is the one that is shown.
  const errors = withoutConsequences(validate.errors ?? []).sort((a, b) => hasHint(b) - hasHint(a))
  return errors.flatMap((error) => {
    const group = errors.filter((other) => other === error || isSameMistake(other, error))
    return group[0] === error ? [toPathError(error, group)] : []
  })
}

/** Whether both are unknown keywords of one node that have the same advice. */
const isSameMistake = (a: AjvError, b: AjvError): boolean =>
  a.instancePath === b.instancePath &&
  isUnknown(a) &&
  isUnknown(b) &&
  keywordsOf(a).length > 0 &&
  adviceOn(a) === adviceOn(b)

const isUnknown = ({ keyword }: AjvError) => keyword === 'additionalProperties'

/** The keywords that a node can have. Empty if its keys are names. */
const keywordsOf = ({ parentSchema }: AjvError) => Object.keys(parentSchema?.properties ?? {})

const adviceOn = (error: AjvError): string =>
  advice.get(error.params.additionalProperty) ??
  error.parentSchema?.hint ??
  `write one of ${keywordsOf(error).join(', ')}`

/** Drops errors that follow from another one. */
function withoutConsequences(errors: readonly AjvError[]): AjvError[] {
  const misnamed = errors.flatMap(({ instancePath, propertyName }) =>
    propertyName === undefined ? [] : [`${instancePath}/${escapePointer(propertyName)}`],
  )
  const forbidden = errors.filter(isForbidden)
  // A `$ref`, or another name where only one is allowed, is written instead of what is missing.
  const replaced = errors
    .filter(
      (error) => isUnknown(error) && (keywordsOf(error).length === 1 || error.params.additionalProperty === '$ref'),
    )
    .map(({ instancePath }) => instancePath)
  return errors.filter((error) => {
    const { keyword, instancePath } = error
    const isInside = (place: string) => instancePath === place || instancePath.startsWith(`${place}/`)
    return (
      keyword !== 'if' &&
      keyword !== 'propertyNames' &&
      !(keyword === 'required' && replaced.includes(instancePath)) &&
      !misnamed.some(isInside) &&
      !forbidden.some((other) => other !== error && isInside(other.instancePath))
    )
  })
}

/** Whether the profile has no such value in this place, whatever it is. */
const isForbidden = ({ keyword, schema }: AjvError) => keyword === 'not' && schema === true

function toPathError(error: AjvError, group: readonly AjvError[]): PathError {
  const { keyword, instancePath, params, parentSchema, data, propertyName } = error
  const path = instancePath.split('/').slice(1).map(unescapePointer)
  const hint = parentSchema?.hint
  if (propertyName !== undefined)
    return { path: [...path, propertyName], onKey: true, message: outside([propertyName], hint) }
  if (isUnknown(error)) {
    const names: string[] = group.map(({ params }) => params.additionalProperty)
    return { path: [...path, params.additionalProperty], onKey: true, message: outside(names, adviceOn(error)) }
  }
  const last = path.at(-1) ?? 'document'
  const name = /^\d+$/.test(last) && path.at(-2) !== 'responses' ? `${path.at(-2)}[${last}]` : last
  if (keyword === 'required' || keyword === 'dependentRequired') {
    const missing: string = params.missingProperty
    const instead = parentSchema?.properties?.[missing]?.hint ?? hint ?? 'add it'
    return { path, onKey: true, missing, message: `"${missing}" is missing in "${name}": ${instead}` }
  }
  const instead = hint ?? expected(error)
  // YAML reads a key without a value as null.
  if (data === null && keyword !== 'not') return { path, onKey: true, message: `"${name}" is empty (null): ${instead}` }
  // A keyword that must not be there is reported at its key, whatever its value.
  const onKey = isForbidden(error) || (keyword === 'not' && typeof data === 'object')
  return { path, onKey, message: outside([name], instead, onKey ? {} : data) }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'an object',
}

/** Describes the value that the profile expects. */
function expected({ keyword, instancePath, params, message, data }: AjvError): string {
  if (data === null && /\/type\/\d+$/.test(instancePath)) return 'write "null" in quotes'
  if (keyword === 'type') {
    const names = [params.type].flat().map((type: string) => typeNames[type])
    const quotes = params.type === 'string' && /number|boolean/.test(typeof data) ? ', in quotes' : ''
    return `write ${names.join(' or ')}${quotes}`
  }
  const allowed: unknown = keyword === 'const' ? [params.allowedValue] : params.allowedValues
  if (!Array.isArray(allowed)) return `it ${message}`
  return `write ${allowed.map((value) => JSON.stringify(value)).join(' or ')}`
}

function outside(names: readonly string[], instead = 'leave it out', data: unknown = {}): string {
  const value = typeof data === 'object' && data !== null ? '' : `: ${JSON.stringify(data).slice(0, 60)}`
  const subject = names.map((name) => JSON.stringify(name)).join(', ')
  return `${subject}${value} ${names.length > 1 ? 'are' : 'is'} outside the profile: ${instead}`
}

/** A key as a segment of a JSON pointer. */
export const escapePointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

const unescapePointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~')
