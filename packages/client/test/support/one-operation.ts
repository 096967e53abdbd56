import type { Contract, OperationEntry } from '../../src/contract.ts'

/** A contract with one operation, `call`. By default it has no parameters and returns nothing. */
export const contractOf = (operation: Partial<OperationEntry>): Contract => ({
  userAgent: 'test',
  servers: ['https://api.example'],
  baseUrl: { option: 'baseUrl' },
  securitySchemes: {},
  security: [null],
  operations: [
    {
      name: 'call',
      method: 'POST',
      path: '/call',
      isStateChanging: true,
      parameters: [],
      security: [],
      success: { '204': 'nothing' },
      inBandErrors: [],
      ...operation,
    },
  ],
})
