import { defineConfig } from 'vitest/config'
import { useTestContract } from '../src/run-tests/test-contract.ts'

// Mutation makes these meaningless or slow: tests of built packages and of memory, and tests of thousands of cases.
const excluded = ['any-response', 'any-request', 'memory', 'package', 'parity']

export default defineConfig({
  plugins: [useTestContract('client'), useTestContract('mock')],
  test: {
    // Ends a test that hangs. A busy machine is slow, so the limit is that of the other test runs.
    testTimeout: 30_000,
    include: ['packages/{client,mock}/test/**/*.test.ts'],
    exclude: ['**/real-contract/**', ...excluded.map((name) => `**/${name}.test.ts`)],
    deps: { interopDefault: false },
    isolate: false,
    setupFiles: ['tools/proof/mutants/setup.js'],
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
