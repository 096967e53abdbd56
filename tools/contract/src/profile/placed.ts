import type { Path } from './node.ts'

/** A node of the document that the profile gives a kind. */
export interface Node {
  readonly kind: string
  readonly value: unknown
  readonly path: Path
}

/** A refusal at a path of the document: at the value there, or at its key. */
export interface Placed {
  readonly path: Path
  readonly onKey: boolean
  readonly message: string
  /** What is not there; several things may be missing at one place. */
  readonly missing?: string
}

/** Something outside the profile, at a line and column of the text, both counted from 1. */
export interface Refusal {
  readonly line: number
  readonly col: number
  readonly message: string
}

/** Takes down a refusal, at the key unless told otherwise. */
export type Refuse = (path: readonly (string | number)[], message: string, onKey?: boolean) => void

/** Names that differ in case alone are one name, to HTTP and to readers. */
export function twice(
  names: readonly (string | undefined)[],
  at: (name: string, index: number) => readonly (string | number)[],
  refuse: Refuse,
): void {
  const lower = names.map((name) => name?.toLowerCase())
  for (const [index, name] of names.entries()) {
    if (name !== undefined && lower.indexOf(name.toLowerCase()) < index)
      refuse(at(name, index), `"${name}" is there twice`)
  }
}
