// What the package consists of, library and command in one file that is read once.

export * from './index.ts'
export { run } from './run.ts'
