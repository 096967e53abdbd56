/** What may only fall: each figure by what it measures, as it stands in `budget.json`. */
export interface Budget {
  /** Hand-written lines by folder. Their sum is held; a folder may grow by what another one loses. */
  readonly lines: Readonly<Record<string, number>>
  /** Bytes of the bundled client by platform. Each is held. */
  readonly clientGzip: Readonly<Record<string, number>>
}

const sum = (figures: Readonly<Record<string, number>>) => Object.values(figures).reduce((a, b) => a + b, 0)
const rises = (allowed: Readonly<Record<string, number>>, measured: Readonly<Record<string, number>>) =>
  Object.entries(measured)
    .filter(([name, figure]) => figure > (allowed[name] ?? 0))
    .map(([name, figure]) => `${name} ${allowed[name] ?? 0} → ${figure}`)

/** Where the measured figures rise above the budget, a line each; empty when all keep to it. */
export function overdrawn(budget: Budget, measured: Budget): string[] {
  const lines = { allowed: sum(budget.lines), measured: sum(measured.lines) }
  return [
    ...(lines.measured > lines.allowed
      ? [
          `${lines.measured} hand-written lines, ${lines.allowed} allowed: ${rises(budget.lines, measured.lines).join(', ')}`,
        ]
      : []),
    ...rises(budget.clientGzip, measured.clientGzip).map((rise) => `bytes of the client, gzipped, for ${rise}`),
  ]
}
