/** Browsers neither say why a request failed nor let one choose its connection. */
import type { Connection } from './runtime.ts'

export const ownConnection = (): Connection => ({})

export const provesNotSent = (_failure: unknown): boolean => false
