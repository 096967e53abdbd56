import type { Contract, Operation } from '../../src/contract.ts'
import { once } from '../../src/retry.ts'

/** A contract with the one operation `call`, which by itself takes nothing and answers with nothing. */
export const contractOf = (operation: Partial<Operation>): Contract => ({
  userAgent: 'test',
  servers: ['https://api.example'],
  baseUrl: { option: 'baseUrl' },
  security: [[]],
  operations: {
    call: {
      method: 'POST',
      path: '/call',
      policy: once,
      parameters: [],
      security: [[]],
      success: { '204': [] },
      inBandErrors: [],
      ...operation,
    },
  },
})
