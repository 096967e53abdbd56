import {
  type Document,
  type Method,
  methods,
  type OperationNode,
  type ParameterNode,
  type PathItem,
  type RequestBodyNode,
  type ResponseNode,
} from './document.ts'
import { type Resolve, resolver } from './resolve.ts'
import { type Example, readExamples, readScenarios, type Scenario } from './scenarios.ts'

/** One operation of the contract. References are resolved, except those in schemas. */
export interface Operation {
  readonly operationId: string
  readonly method: Method
  readonly path: string
  /** The operation as it is written. */
  readonly node: OperationNode
  readonly isStateChanging: boolean
  /** The operation that shows whether a call with an unknown outcome was carried out. */
  readonly lookupOperation: string | undefined
  /** Parameters of the operation, and those of its path that it does not override. */
  readonly parameters: readonly ParameterNode[]
  readonly requestBody: RequestBodyNode | undefined
  /** By status or `default`, in the order of the document. */
  readonly responses: ReadonlyMap<string, ResponseNode>
  /** Every named example of a response. */
  readonly examples: readonly Example[]
  /** The examples that a request selects by its values, in the order in which they are tried. */
  readonly scenarios: readonly Scenario[]
  /** The names of alternative security schemes. `undefined` and an empty list mean that no credentials are required. */
  readonly security: readonly (string | undefined)[]
}

/** Returns the operations of a document inside the profile. */
export function readOperations(document: Document): Operation[] {
  const resolve = resolver(document)
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const node = item[method]
      return node ? [readOperation(path, method, item, node, document, resolve)] : []
    }),
  )
}

function readOperation(
  path: string,
  method: Method,
  item: PathItem,
  node: OperationNode,
  document: Document,
  resolve: Resolve,
): Operation {
  const own = (node.parameters ?? []).map((parameter) => resolve(parameter))
  const inherited = (item.parameters ?? [])
    .map((parameter) => resolve(parameter))
    .filter((parameter) => !own.some(({ name, in: place }) => name === parameter.name && place === parameter.in))
  const parameters = [...inherited, ...own]
  const responses = new Map(Object.entries(node.responses).map(([status, response]) => [status, resolve(response)]))
  const examples = readExamples(responses)
  return {
    operationId: node.operationId,
    method,
    path,
    node,
    isStateChanging: node['x-state-changing'],
    lookupOperation: node['x-lookup-operation'],
    parameters,
    requestBody: node.requestBody,
    responses,
    examples,
    scenarios: readScenarios(examples, parameters, node.requestBody),
    security: (node.security ?? document.security ?? []).map((requirement) => Object.keys(requirement)[0]),
  }
}

/** Returns the client option and environment variable for the base URL. */
export const baseUrlOption = ({ info }: Document) => info['x-client']?.baseUrl ?? { option: 'baseUrl' }
