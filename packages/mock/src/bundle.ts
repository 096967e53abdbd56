// What the package consists of, library and command in one file that is read once.

export { run } from './command/run.ts'
export * from './index.ts'
