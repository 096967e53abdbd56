import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOperations } from '@image-install-queue/contract/old/operations'
import { resolver } from '@image-install-queue/contract/old/resolve'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { fields } from '../src/schemas.ts'
import { dist } from './browser.ts'

// Written by the build from a contract that was validated.
export const document = JSON.parse(readFileSync(join(dist, 'openapi.json'), 'utf8')) as Oas3_1Definition

export const operations = readOperations(document)

/** Everything in the contract that has a name a reader may look for. */
export function namesInContract(): string[] {
  const resolve = resolver(document)
  return [
    ...operations.flatMap(({ path, operationId, parameters, responses, answers }) => [
      path,
      operationId,
      ...parameters.map(({ name }) => name),
      ...responses.keys(),
      ...answers.map(({ name }) => name),
    ]),
    ...Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) => [
      name,
      ...fields(schema, resolve).map((field) => field.name),
    ]),
    ...Object.keys(document.components?.securitySchemes ?? {}),
    ...(document.servers ?? []).map(({ url }) => url),
  ]
}
