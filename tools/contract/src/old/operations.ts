import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Operation,
  Oas3Parameter,
  Oas3PathItem,
  Oas3RequestBody,
  Oas3Response,
} from '@redocly/openapi-core'
import { type Resolve, resolver } from './resolve.ts'
import { type Answer, readAnswers, readScenarios, type Scenario } from './scenarios.ts'

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const
export type Method = (typeof methods)[number]

/** One operation with its references resolved one level deep; schemas keep theirs. */
export interface Operation {
  readonly operationId: string
  readonly method: Method
  readonly path: string
  readonly node: Oas3Operation<Oas3_1Schema>
  /** The operation's parameters and those of its path, without the ones it overrides. */
  readonly parameters: readonly Oas3Parameter<Oas3_1Schema>[]
  readonly requestBody: Oas3RequestBody<Oas3_1Schema> | undefined
  /** By status, in the order of the document. */
  readonly responses: ReadonlyMap<string, Oas3Response<Oas3_1Schema>>
  /** `x-state-changing`; without it, whether the verb is anything but GET, HEAD, OPTIONS or TRACE. */
  readonly stateChanging: boolean
  /** Every named response example. */
  readonly answers: readonly Answer[]
  /** The answers that a request chooses by its values. */
  readonly scenarios: readonly Scenario[]
}

export function readOperations(document: Oas3_1Definition): Operation[] {
  const resolve = resolver(document)
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) => {
    const pathItem = resolve(item)
    return methods.flatMap((method) => {
      const node = pathItem[method]
      return node ? [readOperation(path, method, pathItem, node, resolve)] : []
    })
  })
}

function readOperation(
  path: string,
  method: Method,
  item: Oas3PathItem<Oas3_1Schema>,
  node: Oas3Operation<Oas3_1Schema>,
  resolve: Resolve,
): Operation {
  const own = (node.parameters ?? []).map(resolve)
  const inherited = (item.parameters ?? [])
    .map(resolve)
    .filter((parameter) => !own.some(({ name, in: place }) => name === parameter.name && place === parameter.in))
  const parameters = [...inherited, ...own]
  const requestBody = node.requestBody && resolve(node.requestBody)
  const responses = new Map(
    Object.entries(node.responses ?? {}).map(([status, response]) => [status, resolve(response)] as const),
  )
  const answers = readAnswers(responses, resolve)
  const changes: unknown = Reflect.get(node, 'x-state-changing')
  return {
    operationId: node.operationId ?? nameFrom(method, path),
    method,
    path,
    node,
    parameters,
    requestBody,
    responses,
    stateChanging: typeof changes === 'boolean' ? changes : !['get', 'head', 'options', 'trace'].includes(method),
    answers,
    scenarios: readScenarios(answers, parameters, requestBody, resolve),
  }
}

/** `get /pets/{id}` becomes `getPetsId`, for documents that leave `operationId` out. */
function nameFrom(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
