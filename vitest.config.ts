import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { chromiumPath } from './tools/proof/src/run-tests/programs.ts'
import { reportFile } from './tools/proof/src/run-tests/summary.ts'
import { useTestContract } from './tools/proof/src/run-tests/test-contract.ts'

const notTests = ['**/node_modules/**', '**/dist/**']

const project = (name: string, root: string) => ({
  extends: true as const,
  test: { name, root, include: ['**/*.test.ts'], exclude: [...notTests, 'test/real-contract/**'] },
})

export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: reportFile }]],
    exclude: notTests,
    // By default vitest keeps one core for itself. On two cores that would run one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Ends a test that hangs. A busy machine is slow, so the limit is generous.
    testTimeout: 30_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
    env: { CHROMIUM_PATH: chromiumPath() },
    projects: [
      // Tests of `client` and `mock` run on the fixed test contract. Those under `test/real-contract` run on the real one.
      {
        extends: true,
        plugins: [useTestContract('client')],
        test: {
          name: 'client',
          root: 'packages/client',
          include: ['test/**/*.test.ts'],
          exclude: [...notTests, 'test/real-contract/**'],
          typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
        },
      },
      {
        extends: true,
        plugins: [useTestContract('mock')],
        test: {
          name: 'mock',
          root: 'packages/mock',
          include: ['**/*.test.ts'],
          exclude: [...notTests, 'test/real-contract/**'],
          // CommonJS is imported as Node imports it.
          deps: { interopDefault: false },
        },
      },
      {
        extends: true,
        test: {
          name: 'real-contract',
          root: 'packages',
          include: ['*/test/real-contract/**/*.test.ts'],
          exclude: notTests,
          deps: { interopDefault: false },
        },
      },
      project('docs', 'packages/docs'),
      project('cli', 'packages/cli'),
      project('tools', 'tools'),
    ],
    // Coverage of the packages and of the code that generates them. Tools that run tests are not measured.
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: ['packages/*/src/**/*.ts', 'tools/{contract,codegen}/src/**/*.ts'],
      // The entry files of commands are tested in child processes, which report no coverage.
      exclude: ['**/generated/**', '**/cli.ts'],
      thresholds: { lines: 97, branches: 97 },
    },
  },
})
