import { type Contract, resolver } from '@image-install-queue/contract/old/index'
import type { Files } from '../files.ts'
import { annotate } from './annotate.ts'
import { clientInterface } from './interface.ts'
import { readMethods } from './model.ts'
import { schemaTypes } from './schema.ts'
import { readSchemes } from './security.ts'
import { contractTable } from './table.ts'
import { imports, nameClaims, typeName } from './text.ts'
import { responseSchemas } from './validators.ts'
import { aliases, constants, guards } from './values.ts'

/** Names that a schema cannot have: what the client exports, what generated types are made with. */
const taken =
  `AnswerFields AnyCallError ApiError ApiErrorFields Call CallError CallErrorCode CallOptions Client ClientOptions
  ConfigurationError ContractOptions ContractViolationError Credential Http HttpError Logger MalformedResponseError
  NotSentError Operations Outcome Settings UnknownOutcomeError Validate Violation
  Exclude NonNullable Partial Pick Promise Readonly Record`.split(/\s+/)

/** Everything the client has from the contract. */
export async function generateClient(contract: Contract): Promise<Files> {
  const resolve = resolver(contract.document)
  const schemes = readSchemes(contract)
  const methods = readMethods(contract, resolve)
  const claim = nameClaims(taken)
  const schema = new Map(
    Object.keys(contract.document.components?.schemas ?? {}).map((name) => [name, claim(typeName(name))]),
  )
  const operations = [
    aliases(schema, contract),
    constants(schema, contract),
    guards(contract, schema, claim, resolve),
    clientInterface(contract, methods, schemes, { schema, claim }, resolve),
  ].join('\n')
  return {
    'schema.gen.ts': schemaTypes(annotate(contract.document, contract.operations)),
    'contract.gen.ts': contractTable(contract, methods, schemes, resolve),
    'operations.gen.ts': `${typesIn(operations)}\n${operations}`,
    'validators.gen.ts': responseSchemas(methods, resolve),
  }
}

/** Only what is used: strict compilers refuse an import that is not. Comments may say anything. */
function typesIn(text: string): string {
  const bare = text.replace(/\/\*\*.*?\*\//gs, '')
  const used = (name: string) => new RegExp(`(?<![\\w.])${name}(\\['|<|\\))`).test(bare)
  const modules = { '../options.ts': ['Call', 'CallOptions'], './schema.gen.ts': ['components', 'operations'] }
  return imports('import type', modules, used)
}
