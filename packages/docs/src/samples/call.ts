import {
  baseUrlOption,
  type Document,
  inBandErrorsIn,
  type Operation,
  resolver,
  sampleBody,
  sampleParameters,
} from '@image-install-queue/contract'

/** The values of a sample request, for every language. */
export type SampleCall = ReturnType<typeof sampleCall>

export type Input = SampleCall['inputs'][number]

/** The request of an operation's samples: required parameters and the body, with values from the contract. */
export function sampleCall(operation: Operation, document: Document) {
  const { operationId, method, path, requestBody, responses } = operation
  const resolve = resolver(document)
  // Inputs with an environment variable are read from it.
  const inputs = sampleParameters(operation, resolve).map((input) => ({ ...input, env: input['x-client']?.env }))
  const successes = [...responses].filter(([status]) => status.startsWith('2'))
  return {
    operationId,
    method: method.toUpperCase(),
    /** With values, or `{VARIABLE}` for those from the environment. */
    path: path.replace(/\{([^}]+)\}/g, (_, name) => {
      const input = inputs.find((each) => each.in === 'path' && each.name === name)
      return input?.env ? `{${input.env}}` : encodeURIComponent(String(input?.value))
    }),
    /** The environment variable with the base URL. */
    baseUrl: baseUrlOption(document).env ?? 'BASE_URL',
    credentials: credentials(operation, document),
    inputs,
    query: inputs.filter((input) => input.in === 'query'),
    headers: inputs.filter((input) => input.in === 'header'),
    body: requestBody && { value: sampleBody(requestBody.content, resolve) },
    hasResponseBody: successes.every(([, { content }]) => content !== undefined),
    inBandError: successes.flatMap(([, response]) => inBandErrorsIn(response, resolve))[0]?.rule,
  }
}

/** The first scheme of the operation, with its environment variables. */
function credentials({ security }: Operation, { components }: Document) {
  const scheme = components?.securitySchemes?.[security[0] ?? '']
  if (!scheme) return undefined
  const { username, password, token } = scheme['x-client'] ?? {}
  const env =
    scheme.scheme === 'basic' ? [username?.env ?? 'USERNAME', password?.env ?? 'PASSWORD'] : [token?.env ?? 'TOKEN']
  return { scheme: scheme.scheme, env }
}

/** Joins lines. Absent lines are left out. */
export const lines = (...all: readonly (string | undefined | false)[]): string =>
  all.filter((line) => typeof line === 'string').join('\n')
