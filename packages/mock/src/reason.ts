/** What was thrown, in words, without the name of the error's kind. */
export function reasonOf(thrown: unknown): string {
  return String(thrown).replace(/^\w*Error( \[\w+\])?: /, '')
}
