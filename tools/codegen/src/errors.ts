/** The contract is valid OpenAPI 3.1 but uses something that nothing is generated for. */
export class UnsupportedContractError extends Error {
  override readonly name = 'UnsupportedContractError'
}
