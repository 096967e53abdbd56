import {
  baseUrlOption,
  type Document,
  type InBandErrorRule,
  inBandErrorsIn,
  type Operation,
  type ParameterNode,
  resolver,
  sampleOf,
  sampleParameters,
} from '@image-install-queue/contract'

/** An example of a request, as every language writes it. */
export interface SampleCall {
  readonly operationId: string
  /** Upper case. */
  readonly method: string
  /** With its values; what the environment has is `{VARIABLE}`. */
  readonly path: string
  /** The environment variable with the address. */
  readonly baseUrl: string
  /** The first scheme that is accepted. */
  readonly credentials: { readonly scheme: 'basic' | 'bearer'; readonly env: readonly string[] } | undefined
  readonly inputs: readonly Input[]
  readonly body: { readonly value: unknown } | undefined
  readonly inBandError: InBandErrorRule | undefined
}

export interface Input {
  readonly name: string
  readonly in: ParameterNode['in']
  /** The environment variable that has the value, which the client reads by itself. */
  readonly env: string | undefined
  readonly value: unknown
}

/** The request that the samples of an operation send: what is required, with values of the contract. */
export function sampleCall(operation: Operation, document: Document): SampleCall {
  const { operationId, method, path, requestBody, responses } = operation
  const resolve = resolver(document)
  const inputs = sampleParameters(operation, resolve).map((input) => ({ ...input, env: input['x-client']?.env }))
  const inPath = inputs.filter((input) => input.in === 'path')
  const segments = new Map(
    inPath.map(({ name, env, value }) => [`{${name}}`, env ? `{${env}}` : encodeURIComponent(String(value))]),
  )
  const successes = [...responses].filter(([status]) => status.startsWith('2')).map(([, response]) => response)
  const json = requestBody?.content['application/json']
  const [example] = Object.values(json?.examples ?? {})
  return {
    operationId,
    method: method.toUpperCase(),
    path: path.replace(/\{[^}]+\}/g, (name) => segments.get(name) ?? name),
    baseUrl: baseUrlOption(document).env ?? 'BASE_URL',
    credentials: credentials(operation, document),
    inputs,
    body: json && { value: example?.value ?? sampleOf(json.schema, resolve) },
    inBandError: successes.flatMap((response) => inBandErrorsIn(response, resolve))[0]?.rule,
  }
}

function credentials({ security }: Operation, { components }: Document): SampleCall['credentials'] {
  const scheme = components?.securitySchemes?.[security[0] ?? '']
  if (!scheme) return undefined
  const { username, password, token } = scheme['x-client'] ?? {}
  const env =
    scheme.scheme === 'basic' ? [username?.env ?? 'USERNAME', password?.env ?? 'PASSWORD'] : [token?.env ?? 'TOKEN']
  return { scheme: scheme.scheme, env }
}

/** The lines that there are. */
export const lines = (...all: readonly (string | undefined | false)[]): string =>
  all.filter((line) => typeof line === 'string').join('\n')
