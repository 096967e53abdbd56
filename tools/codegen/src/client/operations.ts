import {
  type Document,
  inBandErrors,
  type Operation,
  type Resolve,
  sampleBody,
  sampleParameters,
} from '@image-install-queue/contract'
import { comment, literal, quote } from '../text.ts'
import { aliases, constants, guards } from './names.ts'
import { optionsInterface } from './options.ts'
import { fieldsOf } from './table.ts'

/** The types of the client: names, options, and a documented method for each operation. */
export function clientInterface(document: Document, operations: readonly Operation[], resolve: Resolve): string {
  const errors = new Map(
    operations.flatMap((operation) =>
      inBandErrors(operation, resolve).map(({ schema, rule }) => [schema, rule] as const),
    ),
  )
  const fields = [...errors].map(([schema, rule]) => {
    const names = fieldsOf(rule).map(quote).join(' | ') || 'never'
    return `Readonly<Partial<Pick<${schema}, ${names}>>>`
  })
  return [
    `import type { Method, ParametersOf, ResultOf } from '../method.ts'\nimport type { components, operations } from './schema.gen.ts'\n`,
    aliases(document),
    constants(document),
    guards(document, resolve),
    optionsInterface(document, operations),
    `/** Bodies that are errors whatever their status. */\nexport type InBandError = ${[...errors.keys()].join(' | ') || 'never'}\n`,
    `/** Fields of an error body, as received. */\nexport type ApiErrorFields = ${fields.join(' & ') || 'Record<never, never>'}\n`,
    ...operations.map(parametersAndResult),
    `/** One method per operation of the contract. */\nexport interface Operations {\n${operations
      .map((operation) => methodLine(operation, resolve))
      .join('\n')}}\n`,
  ]
    .filter(Boolean)
    .join('\n')
}

const typeOf = ({ operationId }: Operation) => `operations[${quote(operationId)}]`

/** The names of parameters that have a client option, as a type. */
const defaulted = ({ parameters }: Operation) =>
  parameters
    .filter((parameter) => parameter['x-client'])
    .map(({ name }) => quote(name))
    .join(' | ') || 'never'

function parametersAndResult(operation: Operation): string {
  const { operationId } = operation
  const name = operationId.charAt(0).toUpperCase() + operationId.slice(1)
  return `/** Parameters of {@link Operations.${operationId}}. */
export type ${name}Parameters = ParametersOf<${typeOf(operation)}, ${defaulted(operation)}>

/** Result of {@link Operations.${operationId}}. */
export type ${name}Result = ResultOf<${typeOf(operation)}, InBandError>
`
}

function methodLine(operation: Operation, resolve: Resolve): string {
  const { operationId, node, isStateChanging, lookupOperation, requestBody } = operation
  const when = inBandErrors(operation, resolve).flatMap(({ rule }) => rule.when.map(conditionText))
  const values = sampleParameters(operation, resolve)
    .filter((parameter) => !parameter['x-client'])
    .map(({ name, value }): [string, unknown] => [name, value])
  if (requestBody?.required) values.push(['body', sampleBody(requestBody.content, resolve)])
  const given = values.length > 0 ? literal(Object.fromEntries(values)) : ''
  const doc = comment(
    [
      node.summary,
      node.description,
      isStateChanging
        ? 'Changes state: retried only if the request provably was not sent.'
        : 'Read-only: retried after a lost connection, a timeout, 408, 429 and 5xx.',
      lookupOperation &&
        `After an unknown outcome, {@link Operations.${lookupOperation}} shows whether the call was carried out.`,
      node['x-evidence'] && `Evidence: ${node['x-evidence']}.`,
    ],
    '  ',
    [
      '@param parameters parameters by name',
      '@param options for this call: signal, timeoutMs (milliseconds), maxRetries, headers',
      '@throws {ConfigurationError} parameters, options or credentials are missing, wrong or unknown; nothing was sent',
      '@throws {NotSentError} the request provably did not reach the server; a retry is safe',
      '@throws {UnknownOutcomeError} the request may have been processed: timeout, abort or a lost connection',
      when.length > 0
        ? `@throws {ApiError} the body is an error (${when.join(' or ')}), whatever its status`
        : undefined,
      '@throws {HttpError} any other response that is not a success',
      '@throws {MalformedResponseError} a success status without a result that can be recognized',
      "@throws {ContractViolationError} with `validate` and `onContractViolation: 'throw'`: the response violates the contract",
      `@example\n\`\`\`ts\nconst result = await client.${operationId}(${given})\n\`\`\``,
      node.externalDocs && `@see {@link ${node.externalDocs.url}}`,
      node.deprecated ? '@deprecated' : undefined,
    ],
  )
  return `${doc}  readonly ${operationId}: Method<${typeOf(operation)}, ${defaulted(operation)}, InBandError>\n`
}

/** A condition of `x-in-band-error`, as Markdown: `success: false`. */
const conditionText = (condition: object): string =>
  Object.entries(condition)
    .map(([name, value]) => `\`${name}: ${JSON.stringify(value)}\``)
    .join(' with ')
