/** The name that a misspelt one probably stands for: at most two edits away, case aside. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits, candidate }) => edits <= 2 && edits < candidate.length)
    .sort((a, b) => a.edits - b.edits)
  return best?.candidate
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  // Beyond this nothing is near, and a hostile name costs no time.
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  let last = b.length
  for (const letter of a) {
    let [left, diagonal] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    row = row.map((above, j) => {
      left = Math.min(above + 1, left + 1, diagonal + (b[j - 1] === letter ? 0 : 1))
      diagonal = above
      return left
    })
    last = left
  }
  return last
}
