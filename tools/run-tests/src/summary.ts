import { join } from 'node:path'

/** Where a test run leaves its closing line. */
export const summaryFile = join(import.meta.dirname, '../dist/summary.txt')
