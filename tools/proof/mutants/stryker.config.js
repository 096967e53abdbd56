import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
  vitest: { configFile: 'tools/proof/mutants/vitest.config.js' },
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: 'node_modules/.cache/mutants.json',
  // The mutated copy stands where no other tool that looks through the workspace meets it.
  tempDirName: mkdtempSync(join(tmpdir(), 'mutants-')),
  cleanTempDir: 'always',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { break: 85 },
  concurrency: 2,
  // A limit for what hangs; a busy machine is slow, and that is no endless loop.
  timeoutMS: 10_000,
}
