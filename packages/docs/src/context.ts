import type { Document, Operation, Resolve } from '@image-install-queue/contract'

/** A section of the documentation. Links in Markdown lead to the slugs of titles. */
export interface Section {
  readonly title: string
  /** Where Redoc shows the section: the fragment of its address. */
  readonly address: string
  readonly markdown: string
  /** The operation whose parameters, bodies and samples each form of the documentation adds to the Markdown. */
  readonly call?: Call
}

export interface Call extends Operation {
  readonly title: string
}

/** The contract, and what its descriptions link to. */
export interface Context {
  readonly document: Document
  readonly resolve: Resolve
  readonly calls: readonly Call[]
  /** The section that explains the words for evidence, if there is one. */
  readonly legend: string | undefined
}

export interface Documentation extends Context {
  /** The Markdown before the first section. */
  readonly opening: string
  readonly sections: readonly Section[]
}
