import type { Oas3_1Definition } from '@redocly/openapi-core'

/** The tags that group the calls. A single one says no more than the title does. */
export function groups(document: Oas3_1Definition): { name: string; description: string }[] {
  const tags = (document.tags ?? []).flatMap(({ name, description }) => (description ? [{ name, description }] : []))
  return tags.length > 1 ? tags : []
}
