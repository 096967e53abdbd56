import type { Oas3Visitor } from '@redocly/openapi-core'
import type { Document } from '../document.ts'
import { type Operation, readOperations } from '../operations.ts'
import { refusalsIn } from './profile.ts'

/** A visitor that looks at each operation as generators and mock read it; findings are reported at a path inside it. */
export function perOperation(
  check: (operation: Operation, report: (message: string, at: readonly string[]) => void) => void,
): Oas3Visitor {
  return {
    Root(root, { location, report }) {
      // The rule on the profile reports what is outside it; operations can be read once there is nothing.
      if (refusalsIn(root, location.source).length > 0) return
      // Redocly's type is that of any document; this one is inside the profile.
      const document: object = root
      for (const operation of readOperations(document as Document)) {
        const { path, method } = operation
        check(operation, (message, at) =>
          report({ message, location: location.child(['paths', path, method, ...at]).key() }),
        )
      }
    },
  }
}
