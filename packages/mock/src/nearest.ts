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
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (b[j] === letter ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
