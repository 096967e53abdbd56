import type { Oas3_1Definition } from '@redocly/openapi-core'
import { astToString, resolveRef, scanDiscriminators, transformSchema } from 'openapi-typescript'

type Document = Parameters<typeof transformSchema>[0]
type Context = Parameters<typeof transformSchema>[1]

/**
 * The types of paths, components and operations. The contract was validated when it was read and is one file, so what
 * openapi-typescript does before, validating and bundling once more, is left out: it takes longer than the rest.
 */
export function schemaTypes(contract: Oas3_1Definition): string {
  // Both describe an OpenAPI 3.1 document; that it is one was checked.
  const document = contract as unknown as Document
  // These are openapi-typescript's own defaults; the options that are off by default need not be named.
  const context = {
    defaultNonNullable: true,
    discriminators: scanDiscriminators(document, {}),
    injectFooter: [],
    resolve: ($ref: string) => resolveRef(document, $ref, { silent: true }),
  } as unknown as Context
  return astToString(transformSchema(document, context))
}
