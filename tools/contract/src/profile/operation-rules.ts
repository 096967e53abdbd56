import type { Document, ParameterNode } from '../document.ts'
import { type Operation, readOperations } from '../operations.ts'
import type { Resolve } from '../resolve.ts'
import type { Path, ReportError } from './errors.ts'

/** Rules about operations. Breaking one would generate wrong code without a message. */
export function checkOperations(document: Document, resolve: Resolve, report: ReportError): void {
  const operations = readOperations(document)
  const ids = operations.map(({ operationId }) => operationId)
  const areUnique = new Set(ids).size === ids.length
  for (const [index, operation] of operations.entries()) {
    const path = ['paths', operation.path, operation.method]
    const { operationId } = operation
    if (ids.indexOf(operationId) !== index)
      report(
        [...path, 'operationId'],
        `"${operationId}" is already the operationId of another operation: rename it`,
        false,
      )
    checkParameters(document, operation, path, resolve, report)
    checkPlaceholders(operation, path, report)
    // Until each operation has its own name, a reference can lead to the wrong one.
    if (areUnique) checkLookupOperation(operation, operations, path, report)
    checkGeneratedNames(document, operation, report)
  }
}

/** A method of the client takes parameters and body by name, in one object. Path parameters are in the path. */
function checkParameters(document: Document, operation: Operation, path: Path, resolve: Resolve, report: ReportError) {
  const taken = new Set(operation.requestBody ? ['body'] : [])
  const owners = [
    { owner: path.slice(0, -1), parameters: document.paths[operation.path]?.parameters },
    { owner: path, parameters: operation.node.parameters },
  ]
  for (const { owner, parameters = [] } of owners) {
    for (const [index, node] of parameters.entries()) {
      const parameter = resolve<ParameterNode>(node)
      // The operation overrides this parameter of its path.
      if (!operation.parameters.includes(parameter)) continue
      const at = [...owner, 'parameters', index]
      if (taken.has(parameter.name)) report(at, `"${parameter.name}" is already a parameter or the body: rename it`)
      taken.add(parameter.name)
      const placeholder = `{${parameter.name}}`
      if (parameter.in === 'path' && !operation.path.includes(placeholder))
        report(at, `"${parameter.name}" is not in the path: write ${placeholder} there`)
    }
  }
}

/** The client replaces each `{name}` in the path with the parameter of that name. */
function checkPlaceholders(operation: Operation, path: Path, report: ReportError) {
  const declared = operation.parameters.flatMap((parameter) => (parameter.in === 'path' ? `{${parameter.name}}` : []))
  const missing = operation.path.match(/\{[^}]*\}/g)?.filter((placeholder) => !declared.includes(placeholder)) ?? []
  if (missing.length > 0) report(path, `no parameter for ${missing.join(' and ')}: add one with in: path`)
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

/** The client exports the types of schemas and of operations together. */
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
