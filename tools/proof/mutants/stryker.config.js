import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  // `pnpm test:mutants --mutate FILE` replaces this.
  mutate: ['packages/{client,mock}/src/**/*.ts', '!packages/*/src/generated/**'],
  testRunner: 'vitest',
  plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
  vitest: { configFile: 'tools/proof/mutants/vitest.config.js' },
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: 'node_modules/.cache/mutants.json',
  // Outside the workspace, so that no other tool finds the mutated copy.
  tempDirName: mkdtempSync(join(tmpdir(), 'mutants-')),
  cleanTempDir: 'always',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { break: 85 },
  concurrency: 2,
  // Ends mutants that loop forever. A busy machine is slow, so the limit is generous.
  timeoutMS: 10_000,
}
