import type { Oas3_1Definition, Oas3Visitor, UserContext } from '@redocly/openapi-core'
import { type Operation, readOperations } from '../old/operations.ts'

/** A visitor that looks at each operation as generators and mock read it; findings are reported at a path inside it. */
export function perOperation(
  check: (operation: Operation, report: (message: string, at: readonly string[]) => void) => void,
): Oas3Visitor {
  return {
    Root(root, { location, report }: UserContext) {
      for (const operation of readable(root)) {
        const { path, method } = operation
        check(operation, (message, at) =>
          report({ message, location: location.child(['paths', path, method, ...at]).key() }),
        )
      }
    },
  }
}

function readable(root: object): Operation[] {
  try {
    // The linter runs on any OpenAPI 3; what 3.0 has in these places reads the same.
    return readOperations(root as Oas3_1Definition)
  } catch {
    // The reader gives up on a broken structure or reference, which rules of Redocly report with its place.
    return []
  }
}
