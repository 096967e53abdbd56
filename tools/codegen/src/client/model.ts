import { type Contract, componentName, isReference, type Operation, type Resolve } from '@image-install-queue/spec/read'
import type { Oas3_1Schema, Oas3MediaType, Oas3Parameter } from '@redocly/openapi-core'
import { waysIn } from '../security.ts'
import { at } from './extension.ts'
import { type Source, toSource } from './security.ts'
import { type BodyType, type Schema, topLevelTypes } from './shapes.ts'
import { nameClaims } from './text.ts'

/** One operation as the client sees it. */
export interface Method {
  readonly operation: Operation
  /** The method's name on the client. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly body:
    | { readonly mediaType: string; readonly required: boolean; readonly schema: Schema | undefined }
    | undefined
  readonly results: readonly Result[]
  /** Names of the component schemas that are errors, whatever the status they arrive with. */
  readonly inBandErrors: readonly string[]
  /** Alternatives, each a list of schemes that are all needed; without any, no credentials are sent. */
  readonly security: readonly (readonly string[])[]
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

/** What a success status answers with. */
export interface Result {
  readonly status: string
  readonly mediaType: string | undefined
  readonly schema: Schema | undefined
  readonly types: readonly (BodyType | 'text')[]
}

export const isJson = (mediaType: string): boolean => /[/+]json\b/i.test(mediaType)

export function readMethods(contract: Contract, resolve: Resolve): Method[] {
  // `http` is the client's own; a client with a method `then` could not be awaited.
  const claim = nameClaims(['http', 'then'])
  return contract.operations.map((operation) => {
    const content = operation.requestBody && preferred(operation.requestBody.content)
    const results = readResults(operation, resolve)
    return {
      operation,
      name: claim(operation.operationId),
      parameters: readParameters(operation, resolve),
      body: content && {
        mediaType: content.name,
        required: operation.requestBody?.required ?? false,
        schema: content.media.schema,
      },
      results,
      inBandErrors: readInBandErrors(operation, resolve),
      security: alternatives(waysIn(operation, contract.document)),
    }
  })
}

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

/** A parameter with these names is ignored, OpenAPI says: other parts of the document describe the headers. */
const notParameters = ['accept', 'content-type', 'authorization']

function readParameters(operation: Operation, resolve: Resolve): Parameter[] {
  const claim = nameClaims(operation.requestBody ? ['body'] : [])
  return operation.parameters
    .filter((node) => !(node.in === 'header' && notParameters.includes(node.name.toLowerCase())))
    .map((node) => {
      const [content] = Object.entries(node.content ?? {})
      return {
        node,
        key: claim(node.name),
        schema: resolve(node.schema ?? content?.[1].schema ?? {}),
        json: content !== undefined && isJson(content[0]),
        source: toSource(at(node, 'x-client')),
      }
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

/** JSON where there is a choice, else what is named first. */
function preferred(
  content: Record<string, Oas3MediaType<Oas3_1Schema>>,
): { name: string; media: Oas3MediaType<Oas3_1Schema> } | undefined {
  const entries = Object.entries(content)
  const entry = entries.find(([name]) => isJson(name)) ?? entries[0]
  return entry && { name: entry[0], media: entry[1] }
}

function readInBandErrors(operation: Operation, resolve: Resolve): string[] {
  const schemas = [...operation.responses.values()].flatMap((response) => {
    const schema = preferred(response.content ?? {})?.media.schema
    return schema ? [schema, ...unionMembers(schema, resolve)] : []
  })
  const names = schemas.flatMap((schema) =>
    isReference(schema) && isInBandError(schema, resolve) ? [componentName(schema.$ref)] : [],
  )
  return [...new Set(names)]
}

export const isInBandError = (schema: Schema, resolve: Resolve): boolean =>
  at(resolve(schema), 'x-in-band-error') !== undefined

export function unionMembers(schema: Schema, resolve: Resolve): readonly Schema[] {
  const node = resolve(schema)
  return node.oneOf ?? node.anyOf ?? []
}
