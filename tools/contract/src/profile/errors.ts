import type { LocationObject } from '@redocly/openapi-core'

/** The keys that lead to a value of a document. */
export type Path = readonly string[]

/** An error at a path of the document: at the value there, or at its key. */
export interface PathError {
  readonly path: Path
  readonly onKey: boolean
  readonly message: string
  /** A keyword that is missing. One node can lack several. */
  readonly missing?: string
}

/** Something outside the profile, at a line and column of the file, both counted from 1. */
export interface ProfileError {
  readonly line: number
  readonly col: number
  /** The same place for a lint rule. */
  readonly location: LocationObject
  readonly message: string
}

/** Records an error, at the key by default. */
export type ReportError = (path: readonly (string | number)[], message: string, onKey?: boolean) => void
