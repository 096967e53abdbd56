import type { Oas3Rule, Plugin } from '@redocly/openapi-core'
import { profileErrors } from '../profile/check.ts'
import { scenarios } from './scenarios.ts'

/** Custom lint rules of the contract, in addition to those that Redocly recommends. */
export default function plugin(): Plugin {
  return { id: 'contract', rules: { oas3: { profile, scenarios } } }
}

/** Reports what is outside the profile, so that editors show it. `pnpm generate` reports the same before it generates. */
const profile: Oas3Rule = () => ({
  Root(root, ctx) {
    for (const { message, location } of profileErrors(root, ctx.location.source)) ctx.report({ message, location })
  },
})
