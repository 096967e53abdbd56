import type { Oas3_1Definition } from '@redocly/openapi-core'
import openapiTS, { astToString } from 'openapi-typescript'

/** The types of paths, components and operations. */
export async function schemaTypes(document: Oas3_1Definition): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document))
  return astToString(nodes)
}
