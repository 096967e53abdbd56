/** A request target taken apart. */
export interface Target {
  readonly path: string
  /** From the question mark on, as it came. */
  readonly search: string
  /** Decoded; a name that came more than once has all its values. */
  readonly query: Readonly<Record<string, string | string[]>>
}

/** Takes a request target apart. */
export function parseTarget(target: string): Target {
  // Resolved as a reference, a path such as `//host/` would lose its first segment.
  const url = new URL(`http://mock/${target.replace(/^\//, '')}`)
  // No prototype, so that a parameter may have any name.
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of url.searchParams) {
    const before = query[name]
    query[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  // Letters that need no encoding mean the same with it.
  const path = url.pathname.replace(/%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/gi, decodeURIComponent)
  return { path, search: url.search, query }
}
