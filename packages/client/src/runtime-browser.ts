import type { Runtime } from './runtime.ts'

/** Browsers neither say why a request failed nor let one choose its connection. */
export const browserRuntime: Runtime = { ownConnection: () => ({}), provesNotSent: () => false }
