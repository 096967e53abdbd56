import { readFileSync } from 'node:fs'
import { parseYaml } from '@redocly/openapi-core'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { formats } from './formats.ts'
import type { Node, Path, Placed } from './node.ts'

// The profile is data that stands beside the contract, so that whoever writes one finds it there.
const profile = parseYaml(readFileSync(new URL('../../../../spec/profile.yaml', import.meta.url), 'utf8')) as {
  readonly instead: Readonly<Record<string, string>>
}

/** What to write instead, by keyword that is left out on purpose. */
const advice = new Map(
  Object.entries(profile.instead).flatMap(([instead, words]) => words.split(', ').map((word) => [word, instead])),
)

/** What Ajv reports, beside it the part of the profile that was broken. */
type Broken = ErrorObject & { readonly parentSchema?: Annotated & { readonly properties?: Record<string, Annotated> } }
type Annotated = { readonly says?: string }

let nodes: Node[] = []
const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, ownProperties: true, formats })
ajv.addVocabulary(['says', 'instead'])
ajv.addKeyword({
  keyword: 'node',
  validate(kind: string, value: unknown, _schema: unknown, context?: { instancePath: string }) {
    nodes.push({ kind, value, path: segments(context?.instancePath ?? '') })
    return true
  },
})
const fits = ajv.compile(profile)

/** Holds a document against the profile's schema. The nodes that it met on the way are of the kind it takes them for. */
export function checkGrammar(document: unknown): { readonly nodes: readonly Node[]; readonly refusals: Placed[] } {
  nodes = []
  fits(document)
  const errors: Broken[] = fits.errors ?? []
  return { nodes, refusals: withoutEchoes(errors).map(toPlaced) }
}

/**
 * Leaves out that an `if` failed, what stands under a wrong name, and what an unknown keyword entails. Keywords of one node
 * with one advice are one refusal; of several at one place, the one with advice comes first.
 */
function withoutEchoes(errors: readonly Broken[]): Broken[][] {
  // Where one name alone is allowed, another stands in its place.
  const misspelt = new Set(
    errors
      .filter((error) => error.keyword === 'additionalProperties' && keywords(error).length === 1)
      .map(({ instancePath }) => instancePath),
  )
  const misnamed = errors.flatMap(({ instancePath, propertyName }) =>
    propertyName === undefined ? [] : [`${instancePath}/${escaped(propertyName)}`],
  )
  // What must not be there needs no further word, and neither has a reference that stands for a node.
  const forbidden = errors.filter(({ keyword, schema }) => keyword === 'not' && schema === true)
  const refers = new Set(
    errors.flatMap((error) => (error.params.additionalProperty === '$ref' ? [error.instancePath] : [])),
  )
  const isEcho = (error: Broken) => {
    const { keyword, instancePath } = error
    const isInside = (place: string) => instancePath === place || instancePath.startsWith(`${place}/`)
    return (
      keyword === 'if' ||
      keyword === 'propertyNames' ||
      (keyword === 'required' && (misspelt.has(instancePath) || refers.has(instancePath))) ||
      misnamed.some(isInside) ||
      forbidden.some((other) => other !== error && isInside(other.instancePath))
    )
  }
  const groups = new Map<unknown, Broken[]>()
  for (const error of errors.filter((error) => !isEcho(error))) {
    const isUnknown = error.keyword === 'additionalProperties' && keywords(error).length > 0
    const key = isUnknown ? `${error.instancePath} ${adviceOn(error)}` : error
    groups.set(key, [...(groups.get(key) ?? []), error])
  }
  const isTelling = ([error]: readonly Broken[]) => Number(Boolean(error?.parentSchema?.says))
  return [...groups.values()].sort((a, b) => isTelling(b) - isTelling(a))
}

/** The keywords that a node takes; none, if its keys are names. */
const keywords = ({ parentSchema }: Broken) => Object.keys(parentSchema?.properties ?? {})

const adviceOn = (error: Broken): string =>
  advice.get(error.params.additionalProperty) ??
  error.parentSchema?.says ??
  `write one of ${keywords(error).join(', ')}`

function toPlaced(errors: readonly Broken[]): Placed {
  // A group has one error at least.
  const [error] = errors as [Broken]
  const { keyword, instancePath, params, schema, parentSchema, message, data, propertyName } = error
  const path = segments(instancePath)
  const says = parentSchema?.says
  if (propertyName !== undefined)
    return { path: [...path, propertyName], onKey: true, message: outside([propertyName], says) }
  if (keyword === 'additionalProperties') {
    const names: string[] = errors.map(({ params }) => params.additionalProperty)
    return { path: [...path, params.additionalProperty], onKey: true, message: outside(names, adviceOn(error)) }
  }
  if (keyword === 'required' || keyword === 'dependentRequired') {
    const missing: string = params.missingProperty
    const instead = parentSchema?.properties?.[missing]?.says ?? says
    const found = `"${missing}" is missing in "${nameOf(path)}"`
    return { path, onKey: true, missing, message: instead ? `${found}: ${instead}` : found }
  }
  const allowed: unknown = params.allowedValues ?? (keyword === 'const' ? [params.allowedValue] : undefined)
  const instead = Array.isArray(allowed)
    ? `write ${allowed.map((value) => JSON.stringify(value)).join(' or ')}`
    : `it ${message}`
  // What must not be there at all is refused by its key, whatever its value.
  const onKey = keyword === 'not' && (schema === true || typeof data === 'object')
  return { path, onKey, message: outside([nameOf(path)], says ?? instead, onKey ? {} : data) }
}

/** What stands there, in a word: an item of a list by the name of the list. */
function nameOf(path: Path): string {
  const last = path.at(-1) ?? 'document'
  return /^\d+$/.test(last) ? `${path.at(-2)}[${last}]` : last
}

function outside(names: readonly string[], instead = 'leave it out', data: unknown = {}): string {
  const value = typeof data === 'object' ? '' : `: ${JSON.stringify(data).slice(0, 60)}`
  const what = names.map((name) => JSON.stringify(name)).join(', ')
  return `${what}${value} ${names.length > 1 ? 'are' : 'is'} outside the profile: ${instead}`
}

/** A name as a JSON pointer has it. */
export const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

const segments = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
