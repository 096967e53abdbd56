import { methods } from '@image-install-queue/contract/old/operations'
import type { Oas3_1Definition } from '@redocly/openapi-core'

/**
 * Whether the calls are few enough to be read one after another. Of more, readers look for one by its tag, and Redoc takes
 * its time for every word that is unfolded.
 */
export function fewCalls({ paths }: Oas3_1Definition): boolean {
  return Object.values(paths ?? {}).flatMap((item) => methods.filter((method) => method in item)).length <= 20
}
