import { conditionText } from '@image-install-queue/contract/old/extension'
import { type Contract, componentName, isReference, type Resolve } from '@image-install-queue/contract/old/index'
import { UnsupportedContractError } from '../errors.ts'
import { notesOn } from './annotate.ts'
import { exampleCall } from './example.ts'
import { isInBandError, type Method, type Parameter, type Result, unionMembers } from './model.ts'
import type { ClientScheme, Source } from './security.ts'
import { baseUrlSource, servers } from './table.ts'
import { comment, literal, property, quote, typeName } from './text.ts'

/** The typed face of the client: options, parameters, results and one documented method per operation. */
export function clientInterface(
  contract: Contract,
  methods: readonly Method[],
  schemes: Record<string, ClientScheme>,
  names: { readonly schema: ReadonlyMap<string, string>; readonly claim: (name: string) => string },
  resolve: Resolve,
): string {
  const parts = methods.map((method) => {
    const base = typeName(method.name)
    const [parameters, result] = [names.claim(`${base}Parameters`), names.claim(`${base}Result`)]
    return { method, parameters, result, types: methodTypes(method, parameters, result, names.schema, resolve) }
  })
  return [
    optionsInterface(contract, methods, schemes),
    ...parts.map(({ types }) => types),
    `/** One method per operation of the contract. */\nexport interface Operations {\n${parts
      .map(({ method, parameters, result }) => methodSignature(method, parameters, result, resolve))
      .join('\n')}}\n`,
    `/** What an error body says, as on the wire. */\nexport type ApiErrorFields = ${errorFields(methods, names.schema)}\n`,
  ].join('\n')
}

/** The options of every client, whatever the contract. */
const settings =
  'timeoutMs maxRetries fetch logger validate onContractViolation allowHttpHost dangerouslyAllowBrowser'.split(' ')

function optionsInterface(
  contract: Contract,
  methods: readonly Method[],
  schemes: Record<string, ClientScheme>,
): string {
  const [server, ...others] = servers(contract)
  const options = new Map<string, { kind: string; text: string }>()
  const add = (kind: string, source: Source, type: string, paragraphs: (string | undefined)[]) => {
    const known = options.get(source.option)
    if (settings.includes(source.option) || (known && known.kind !== kind)) {
      throw new UnsupportedContractError(
        `The option "${source.option}" of a ${kind} has a name that the client uses already: give it another with x-client.`,
      )
    }
    const fallback = source.env && `Falls back to the environment variable \`${source.env}\`.`
    const text = `${comment([...paragraphs, fallback], '  ')}  readonly ${property(source.option)}?: ${type} | undefined\n`
    if (!known) options.set(source.option, { kind, text })
  }
  const whereTo = server
    ? [
        `Where requests go. Default: \`${server.url}\`.`,
        others.length > 0
          ? `Other servers:${others.map(({ url, description = '' }) => `\n- ${url} ${description.replace(/\s+/g, ' ')}`).join('')}`
          : undefined,
      ]
    : ['Where requests go. The contract names no server, so a call without this is refused.']
  add('base URL', baseUrlSource(contract), 'string', whereTo)
  for (const [name, { kind, node, values }] of Object.entries(schemes)) {
    for (const [index, source] of values.entries()) {
      const what = { basic: ['User name', 'Password'], bearer: ['Token'], apiKey: ['API key'] }[kind][index]
      const beside = source.requires && `Needs \`${source.requires}\` beside it.`
      add('security scheme', source, 'Credential', [`${what} of the scheme \`${name}\`.`, node.description, beside])
    }
  }
  for (const method of methods) {
    for (const parameter of method.parameters) {
      const { source, node, key } = parameter
      const what = `Default of the parameter \`${key}\`.`
      if (source) add('parameter', source, parameterType(method, parameter), [what, node.description])
    }
  }
  return `/** What the contract lets a client be configured with. */
export interface ContractOptions {
${[...options.values()].map(({ text }) => text).join('')}}

/** A secret, or a function that supplies it; that is asked once for every call, so keys can rotate. */
export type Credential = string | (() => string | Promise<string>)
`
}

const operationType = ({ operation }: Method): string => `operations[${quote(operation.operationId)}]`

function parameterType(method: Method, { node }: Parameter): string {
  const group = `${operationType(method)}['parameters'][${quote(node.in ?? '')}]`
  const groupRequired = method.parameters.some(({ node: other }) => other.in === node.in && other.required)
  return `${groupRequired ? group : `NonNullable<${group}>`}[${quote(node.name)}]`
}

function methodTypes(
  method: Method,
  parametersName: string,
  resultName: string,
  schemaNames: ReadonlyMap<string, string>,
  resolve: Resolve,
): string {
  const fields = method.parameters.map((parameter) => {
    const { node, source, key } = parameter
    const given =
      source &&
      `Optional when the client has a default, from the option \`${source.option}\`${source.env ? ` or \`${source.env}\`` : ''}.`
    const needed = node.required && !source
    return (
      comment([node.description, rangeOf(parameter), given, ...notesOn(node)], '  ') +
      `  readonly ${property(key)}${needed ? ': ' : '?: '}${parameterType(method, parameter)}${needed ? '' : ' | undefined'}\n`
    )
  })
  const { body } = method
  if (body) {
    const type = `NonNullable<${operationType(method)}['requestBody']>['content'][${quote(body.mediaType)}]`
    const doc = comment(
      [method.operation.requestBody?.description ?? 'The request body.', `Sent as \`${body.mediaType}\`.`],
      '  ',
    )
    fields.push(`${doc}  readonly body${body.required ? `: ${type}` : `?: ${type} | undefined`}\n`)
  }
  const results = [...new Set(method.results.flatMap((result) => resultTypes(method, result, schemaNames, resolve)))]
  return `/** Parameters of {@link Operations.${method.name}}. */
export interface ${parametersName} {
${fields.join('')}}

/** What {@link Operations.${method.name}} resolves to. */
export type ${resultName} = ${results.join(' | ') || 'unknown'}
`
}

/** Numeric bounds in words. */
function rangeOf({ schema }: Parameter): string | undefined {
  const type = [schema.type].flat().join(' or ')
  const bounds = [
    schema.minimum !== undefined && `at least ${schema.minimum}`,
    schema.maximum !== undefined && `at most ${schema.maximum}`,
  ].filter(Boolean)
  return bounds.length > 0
    ? `${type}, ${bounds.join(', ')}`.replace(/^\w/, (first) => first.toUpperCase()).concat('.')
    : undefined
}

function resultTypes(
  method: Method,
  { status, mediaType, schema, types }: Result,
  schemaNames: ReadonlyMap<string, string>,
  resolve: Resolve,
): string[] {
  if (mediaType === undefined) return ['undefined']
  if (types[0] === 'text') return ['string']
  if (!schema) return ['unknown']
  const named = (node: typeof schema) => (isReference(node) ? schemaNames.get(componentName(node.$ref)) : undefined)
  const own = named(schema)
  const members = unionMembers(schema, resolve)
  const errors = members.filter((member) => isInBandError(member, resolve))
  if (own && errors.length === 0) return [own]
  const jobs = members.filter((member) => !errors.includes(member)).map(named)
  if (jobs.length > 0 && jobs.every((name) => name !== undefined)) return jobs
  const key = /^\d/.test(status) && !/X/i.test(status) ? status : quote(status)
  const type = `${operationType(method)}['responses'][${key}]['content'][${quote(mediaType)}]`
  return [errors.length > 0 ? `Exclude<${type}, ${errors.map(named).join(' | ')}>` : type]
}

function methodSignature(method: Method, parameters: string, result: string, resolve: Resolve): string {
  const { operation } = method
  const { summary, description, externalDocs, deprecated } = operation.node
  const optional = !method.body?.required && method.parameters.every(({ node, source }) => !node.required || source)
  const when = method.inBandErrors.flatMap(({ when }) => when.map(conditionText))
  const doc = comment(
    [
      summary,
      description,
      operation.stateChanging
        ? 'Changes state: it is sent again only after a failure in which it provably was not sent.'
        : 'Changes nothing: it is sent again after a lost connection, a timeout, 408, 429 and 5xx.',
      ...notesOn(operation.node),
      '@param parameters what the operation needs, by name',
      '@param options for this call alone: signal, timeoutMs (milliseconds), maxRetries, headers',
      '@throws {ConfigurationError} a parameter, an option or a credential is wrong; nothing was sent',
      '@throws {NotSentError} the request provably did not reach the server',
      '@throws {UnknownOutcomeError} the request may have been processed: timeout, abort or a lost connection',
      when.length > 0
        ? `@throws {ApiError} the answer says that it is an error (${when.join(' or ')}), whatever its status`
        : undefined,
      '@throws {HttpError} any other answer that is not a success',
      '@throws {MalformedResponseError} a success whose body cannot be read as what the contract declares',
      "@throws {ContractViolationError} with `validate` and `onContractViolation: 'throw'`: a success that is not as declared",
      `@example\n\`\`\`ts\nconst result = await ${exampleCall(method, resolve)}\n\`\`\``,
      externalDocs && `@see {@link ${externalDocs.url}}`,
      deprecated ? '@deprecated' : undefined,
    ],
    '  ',
  )
  return `${doc}  ${property(method.name)}(parameters${optional ? '?' : ''}: ${parameters}, options?: CallOptions): Call<${result}>\n`
}

function errorFields(methods: readonly Method[], names: ReadonlyMap<string, string>): string {
  const picks = methods.flatMap(({ inBandErrors }) =>
    inBandErrors.map(({ name, fields }) => {
      const keys = fields.map((field) => literal(field)).join(' | ') || 'never'
      return `Readonly<Partial<Pick<${names.get(name)}, ${keys}>>>`
    }),
  )
  return [...new Set(picks)].join(' & ') || 'Record<never, never>'
}
