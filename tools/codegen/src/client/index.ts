import { type Contract, resolver } from '@image-install-queue/spec/read'
import type { Files } from '../files.ts'
import { annotate } from './annotate.ts'
import { clientInterface } from './interface.ts'
import { readMethods } from './model.ts'
import { schemaTypes } from './schema.ts'
import { readSchemes } from './security.ts'
import { contractTable } from './table.ts'
import { nameClaims, typeName } from './text.ts'
import { responseSchemas } from './validators.ts'
import { aliases, constants, guards } from './values.ts'

/** Everything the client has from the contract. */
export async function generateClient(contract: Contract): Promise<Files> {
  const resolve = resolver(contract.document)
  const schemes = readSchemes(contract)
  const methods = readMethods(contract, resolve)
  const claim = nameClaims([
    'operations',
    'components',
    'Operations',
    'ContractOptions',
    'Credential',
    'ApiErrorFields',
  ])
  const schema = new Map(
    Object.keys(contract.document.components?.schemas ?? {}).map((name) => [name, claim(typeName(name))]),
  )
  return {
    'schema.gen.ts': schemaTypes(annotate(contract.document, contract.operations)),
    'contract.gen.ts': contractTable(contract, methods, schemes, resolve),
    'operations.gen.ts': [
      `import type { Call, CallOptions } from '../options.ts'\nimport type { components, operations } from './schema.gen.ts'\n`,
      aliases(schema, contract),
      constants(schema, contract),
      guards(contract, schema, claim, resolve),
      clientInterface(contract, methods, schemes, { schema, claim }, resolve),
    ].join('\n'),
    'validators.gen.ts': responseSchemas(methods, resolve),
  }
}
