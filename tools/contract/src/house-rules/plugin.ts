import type { Plugin } from '@redocly/openapi-core'
import { ambiguousScenario } from './ambiguous-scenario.ts'
import { described } from './described.ts'
import { namedExamples } from './named-examples.ts'
import { pairedExamples } from './paired-examples.ts'
import { profile } from './profile.ts'

/** House rules of the contract, on top of what Redocly recommends. */
export default function plugin(): Plugin {
  return {
    id: 'contract',
    rules: {
      oas3: {
        'ambiguous-scenario': ambiguousScenario,
        described,
        'named-examples': namedExamples,
        'paired-examples': pairedExamples,
        profile,
      },
    },
  }
}
