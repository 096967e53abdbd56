import type { Plugin } from '@redocly/openapi-core'
import { ambiguousScenario } from './ambiguous-scenario.ts'
import { described } from './described.ts'
import { namedAnswers } from './named-answers.ts'
import { pairedExamples } from './paired-examples.ts'
import { profile } from './profile.ts'
import { validExamples } from './valid-examples.ts'

/** House rules of the contract, on top of what Redocly recommends. */
export default function plugin(): Plugin {
  return {
    id: 'contract',
    rules: {
      oas3: {
        'ambiguous-scenario': ambiguousScenario,
        described,
        'named-answers': namedAnswers,
        'paired-examples': pairedExamples,
        profile,
        'valid-examples': validExamples,
      },
    },
  }
}
