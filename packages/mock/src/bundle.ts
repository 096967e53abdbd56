// What the package consists of, library and command in one file that is read once.

export { run } from './cli.ts'
export * from './index.ts'
