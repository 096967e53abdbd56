import data from './generated/contract.gen.json' with { type: 'json' }

/** `info.version` of the contract. */
export const specVersion: string = data.version

/** SHA-256 of the contract's file, hexadecimal. */
export const specSha256: string = data.sha256
