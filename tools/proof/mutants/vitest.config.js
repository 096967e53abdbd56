import { defineConfig } from 'vitest/config'

// Left out is what mutants make meaningless or slow: tests of what was built, of memory, and of thousands of cases.
const left = ['any-answer', 'any-request', 'memory', 'package', 'parity']

export default defineConfig({
  test: {
    include: ['packages/{client,mock}/test/**/*.test.ts'],
    exclude: left.map((name) => `**/${name}.test.ts`),
    deps: { interopDefault: false },
    isolate: false,
    setupFiles: ['tools/proof/mutants/setup.js'],
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
