import { defineConfig } from 'vitest/config'

// For `pnpm test:runtimes` only: the runtimes take a gigabyte, so no other run includes them.
export default defineConfig({
  test: { root: import.meta.dirname, include: ['test-runtimes.ts'], testTimeout: 120_000, hookTimeout: 600_000 },
})
