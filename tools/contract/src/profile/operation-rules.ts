import type { Document, ParameterNode, Reference, Schema } from '../document.ts'
import { isInBandError } from '../in-band-errors.ts'
import { type Operation, readOperations } from '../operations.ts'
import type { Resolve } from '../resolve.ts'
import type { Path, ReportError } from './errors.ts'

/** Rules about operations. Breaking one would generate wrong code without a message. */
export function checkOperations(document: Document, resolve: Resolve, report: ReportError): void {
  const operations = readOperations(document)
  for (const operation of operations) {
    const path = ['paths', operation.path, operation.method]
    checkParameters(document, operation, path, resolve, report)
    checkSuccess(operation, path, resolve, report)
    checkLookupOperation(operation, operations, path, report)
    checkGeneratedNames(document, operation, report)
  }
}

/** A method of the client takes parameters and body by name, in one object. */
function checkParameters(document: Document, operation: Operation, path: Path, resolve: Resolve, report: ReportError) {
  const [ofPath, own] = [
    locate(document.paths[operation.path]?.parameters, path.slice(0, -1), resolve),
    locate(operation.node.parameters, path, resolve),
  ]
  const inherited = ofPath.filter(({ parameter }) => operation.parameters.includes(parameter))
  const taken = new Set(operation.requestBody ? ['body'] : [])
  for (const { parameter, at } of [...inherited, ...own]) {
    if (taken.has(parameter.name)) report(at, `"${parameter.name}" is already a parameter or the body: rename it`)
    taken.add(parameter.name)
    if (parameter.in === 'path' && !operation.path.includes(`{${parameter.name}}`))
      report(at, `"${parameter.name}" is not in the path: write {${parameter.name}} there`)
  }
  const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  const missing = [...operation.path.matchAll(/\{([^}]*)\}/g)].filter(([, name = '']) => !declared.includes(name))
  if (missing.length > 0) {
    const names = missing.map(([placeholder]) => placeholder).join(', ')
    report(path, `${names} is not declared: add a parameter with in: path`)
  }
}

const locate = (parameters: readonly (ParameterNode | Reference)[] = [], owner: Path, resolve: Resolve) =>
  parameters.map((node, index) => ({
    parameter: resolve<ParameterNode>(node),
    at: [...owner, 'parameters', `${index}`],
  }))

/** A call that can only throw would have the result type `never`. */
function checkSuccess({ responses }: Operation, path: Path, resolve: Resolve, report: ReportError): void {
  for (const [status, { content }] of responses) {
    if (!status.startsWith('2') || !content) continue
    const { schema } = content['application/json']
    const variants: readonly Schema[] = resolve(schema).oneOf ?? [schema]
    if (variants.every((variant) => isInBandError(variant, resolve)))
      report([...path, 'responses', status], 'this status can only be an error: describe a success too')
  }
}

/** Errors with an unknown outcome refer to this operation. */
function checkLookupOperation(
  { lookupOperation, isStateChanging }: Operation,
  operations: readonly Operation[],
  path: Path,
  report: ReportError,
): void {
  if (lookupOperation === undefined) return
  const at = [...path, 'x-lookup-operation']
  if (!isStateChanging)
    report(at, 'only an operation that changes state needs "x-lookup-operation": leave it out, retrying is safe')
  const target = operations.find(({ operationId }) => operationId === lookupOperation)
  const choice = operations.filter((other) => !other.isStateChanging).map(({ operationId }) => operationId)
  if (!target) report(at, `there is no operation "${lookupOperation}": write one of ${choice.join(', ')}`, false)
  else if (target.isStateChanging)
    report(at, `"${lookupOperation}" changes state itself: write an operation that does not`, false)
}

/** The client exports the types of schemas and operations side by side. */
function checkGeneratedNames({ components }: Document, { operationId }: Operation, report: ReportError): void {
  const prefix = operationId.charAt(0).toUpperCase() + operationId.slice(1)
  for (const name of [`${prefix}Parameters`, `${prefix}Result`]) {
    if (Object.hasOwn(components?.schemas ?? {}, name))
      report(
        ['components', 'schemas', name],
        `"${name}" is the name of a type that is generated for ${operationId}: rename the schema`,
      )
  }
}
