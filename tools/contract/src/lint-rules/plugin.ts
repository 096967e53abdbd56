import type { Plugin } from '@redocly/openapi-core'
import { described } from './described.ts'
import { profile } from './profile.ts'
import { scenarios } from './scenarios.ts'

/** Custom lint rules of the contract, in addition to those that Redocly recommends. */
export default function plugin(): Plugin {
  return { id: 'contract', rules: { oas3: { described, profile, scenarios } } }
}
