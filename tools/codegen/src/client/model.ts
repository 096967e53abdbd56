import { at, listAt, textAt } from '@image-install-queue/contract/old/extension'
import {
  type Contract,
  componentName,
  isReference,
  type Operation,
  type Resolve,
} from '@image-install-queue/contract/old/index'
import type { Oas3_1Schema, Oas3MediaType, Oas3Parameter } from '@redocly/openapi-core'
import { UnsupportedContractError } from '../errors.ts'
import { waysIn } from '../security.ts'
import { type Source, toSource } from './security.ts'
import { type BodyType, isKnownAs, type Schema, topLevelTypes } from './shapes.ts'
import { nameClaims } from './text.ts'

/** One operation as the client sees it. */
export interface Method {
  readonly operation: Operation
  /** The method's name on the client. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly body: Body | undefined
  readonly results: readonly Result[]
  readonly inBandErrors: readonly InBandError[]
  /** Alternatives, each a list of schemes that are all needed; without any, no credentials are sent. */
  readonly security: readonly (readonly string[])[]
}

export interface Body {
  readonly mediaType: string
  readonly required: boolean
  readonly schema: Schema
}

export interface Parameter {
  readonly node: Oas3Parameter<Oas3_1Schema>
  /** Its name among the flat parameters: the one on the wire, unless two of an operation share that. */
  readonly key: string
  readonly schema: Oas3_1Schema
  /** Whether its value travels as JSON text. */
  readonly json: boolean
  readonly source: Source | undefined
}

/** A component schema whose values are errors, whatever the status they arrive with. */
export interface InBandError {
  /** The name of the schema. */
  readonly name: string
  /** A value is an error when it has all values of one entry. */
  readonly when: readonly unknown[]
  readonly code: string | undefined
  readonly message: string | undefined
  /** What the error carries on. */
  readonly fields: readonly string[]
}

/** What a success status answers with. */
export interface Result {
  readonly status: string
  readonly mediaType: string | undefined
  readonly schema: Schema | undefined
  readonly types: readonly (BodyType | 'text')[]
}

export const isForm = (mediaType: string): boolean => /form-urlencoded/i.test(mediaType)

export const isJson = (mediaType: string): boolean => /[/+]json\b/i.test(mediaType)

export function readMethods(contract: Contract, resolve: Resolve): Method[] {
  // `http` is the client's own; a client with a method `then` could not be awaited.
  const claim = nameClaims(['http', 'then'])
  return contract.operations.map((operation) => {
    if (operation.method === 'trace') throw unsendable(operation, 'is TRACE')
    if (operation.requestBody && ['get', 'head'].includes(operation.method)) throw unsendable(operation, 'has a body')
    const content = operation.requestBody && preferred(operation.requestBody.content)
    return {
      operation,
      name: claim(operation.operationId),
      parameters: readParameters(operation, resolve),
      body: content && readBody(operation, content, resolve),
      results: readResults(operation, resolve),
      inBandErrors: readInBandErrors(operation, resolve),
      security: alternatives(waysIn(operation, contract.document)),
    }
  })
}

const unsendable = ({ operationId, method, path }: Operation, why: string) =>
  new UnsupportedContractError(
    `${method.toUpperCase()} ${path} ("${operationId}") ${why}, which \`fetch\` cannot send.`,
  )

/** The security of the whole document: its own, or all that its operations accept. */
export function security({ document, operations }: Contract): string[][] {
  const own = document.security?.map((requirement) => Object.keys(requirement))
  return alternatives(own ?? operations.flatMap((operation) => waysIn(operation, document)))
}

/** Every alternative once, those with the fewest schemes first; nothing asked for is one that needs no scheme. */
function alternatives(ways: readonly string[][]): string[][] {
  const lists = new Map(ways.map((names) => [names.join(), names]))
  return lists.size === 0 ? [[]] : [...lists.values()].sort((a, b) => a.length - b.length)
}

function readBody(operation: Operation, { name, media }: Content, resolve: Resolve): Body {
  const schema = media.schema ?? {}
  const written =
    isJson(name) ||
    (isForm(name)
      ? topLevelTypes(schema, resolve).includes('object')
      : !isKnownAs('object', schema, resolve) && !isKnownAs('array', schema, resolve))
  if (!written || /^multipart\//i.test(name)) {
    throw new UnsupportedContractError(
      `The body of "${operation.operationId}" (${name}) cannot be written: offer JSON, a form (urlencoded) of an object, or plain text.`,
    )
  }
  return { mediaType: name, required: operation.requestBody?.required ?? false, schema }
}

/** A parameter with these names is ignored, OpenAPI says: other parts of the document describe the headers. */
const notParameters = ['accept', 'content-type', 'authorization']

function readParameters(operation: Operation, resolve: Resolve): Parameter[] {
  const claim = nameClaims(operation.requestBody ? ['body'] : [])
  return operation.parameters
    .filter((node) => !(node.in === 'header' && notParameters.includes(node.name.toLowerCase())))
    .map((node) => {
      const [content] = Object.entries(node.content ?? {})
      const schema = resolve(node.schema ?? content?.[1].schema ?? {})
      const json = content !== undefined && isJson(content[0])
      if (!json && (node.in === 'header' || node.in === 'cookie') && isKnownAs('object', schema, resolve)) {
        throw new UnsupportedContractError(
          `The ${node.in} parameter "${node.name}" of "${operation.operationId}" is an object: declare it as \`content\` of JSON, or as text.`,
        )
      }
      return { node, key: claim(node.name), schema, json, source: toSource(at(node, 'x-client')) }
    })
}

function readResults(operation: Operation, resolve: Resolve): Result[] {
  const declared = [...operation.responses]
  const success = declared.filter(([status]) => /^2(\d\d|XX)$/i.test(status))
  return (success.length > 0 ? success : declared.filter(([status]) => status === 'default')).map(
    ([status, response]) => {
      const content = operation.method === 'head' ? undefined : preferred(response.content ?? {})
      if (!content || status === '204') return { status, mediaType: undefined, schema: undefined, types: [] }
      const { name, media } = content
      const types = isJson(name) ? topLevelTypes(media.schema ?? {}, resolve) : (['text'] as const)
      return { status, mediaType: name, schema: media.schema, types }
    },
  )
}

interface Content {
  readonly name: string
  readonly media: Oas3MediaType<Oas3_1Schema>
}

/** JSON where there is a choice, else what is named first. */
function preferred(content: Record<string, Oas3MediaType<Oas3_1Schema>>): Content | undefined {
  const entries = Object.entries(content)
  const entry = entries.find(([name]) => isJson(name)) ?? entries[0]
  return entry && { name: entry[0], media: entry[1] }
}

function readInBandErrors(operation: Operation, resolve: Resolve): InBandError[] {
  const errors = new Map<string, InBandError>()
  for (const [status, response] of operation.responses) {
    const schema = preferred(response.content ?? {})?.media.schema
    for (const candidate of schema ? [schema, ...unionMembers(schema, resolve)] : []) {
      if (!isInBandError(candidate, resolve)) continue
      const error = readInBandError(candidate, `answer ${status} of "${operation.operationId}"`, resolve)
      errors.set(error.name, error)
    }
  }
  return [...errors.values()]
}

/** What our errors have themselves. */
const reserved = 'name message stack cause code outcome operation status headers body retryAfterMs'.split(' ')

function readInBandError(schema: Schema, place: string, resolve: Resolve): InBandError {
  if (!isReference(schema) || !isComponentSchema(schema.$ref)) {
    throw new UnsupportedContractError(`x-in-band-error in ${place} must stand in a schema under components/schemas.`)
  }
  const name = componentName(schema.$ref)
  const rule = at(resolve(schema), 'x-in-band-error')
  const when = listAt(rule, 'when')
  if (when.length === 0 || !when.every(isCondition)) {
    throw new UnsupportedContractError(
      `x-in-band-error in the schema "${name}" needs \`when\`, a list of objects of plain values, for example [{ success: false }].`,
    )
  }
  const [code, message, messages] = [textAt(rule, 'code'), textAt(rule, 'message'), textAt(rule, 'messages')]
  const fields = [code, message, messages].flatMap((field) =>
    field === undefined || reserved.includes(field) ? [] : [field],
  )
  return { name, when, code, message, fields }
}

/** Values are compared by identity, so one that is no scalar would never be met. */
function isCondition(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return false
  const values: unknown[] = Object.values(entry)
  return values.length > 0 && values.every((value) => typeof value !== 'object' || value === null)
}

export const isComponentSchema = (ref: string): boolean => /^#\/components\/schemas\/[^/]+$/.test(ref)

export const isInBandError = (schema: Schema, resolve: Resolve): boolean =>
  at(resolve(schema), 'x-in-band-error') !== undefined

export function unionMembers(schema: Schema, resolve: Resolve): readonly Schema[] {
  const node = resolve(schema)
  return node.oneOf ?? node.anyOf ?? []
}
