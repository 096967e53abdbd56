import {
  type Document,
  type Example,
  fallback,
  mapNodes,
  type Operation,
  type SecurityScheme,
} from '@image-install-queue/contract'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js'

type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number]

/** Returns the data of each operation, including the operation in Prism's format. */
export async function mockOperations(document: Document, operations: readonly Operation[]) {
  const prism = await getHttpOperationsFromSpec(slim(document))
  const schemes = document.components?.securitySchemes ?? {}
  return operations.map((operation) => {
    const { operationId, method, path, isStateChanging, examples, scenarios, responses } = operation
    const own = prism.find((candidate) => candidate.method === method && candidate.path === path)
    if (!own) throw new Error(`Prism does not find ${method} ${path}.`)
    const unmatched = fallback(examples, scenarios)
    return {
      operationId,
      method,
      path,
      summary: operation.node.summary ?? operationId,
      isStateChanging,
      security: operation.security.map((name) => kindOf(name === undefined ? undefined : schemes[name])),
      statuses: [...responses.keys()],
      examples: examples.map((example) => exampleOf(example, responses)).sort((a, b) => a.status - b.status),
      scenarios: scenarios.map((scenario) => ({
        ...exampleOf(scenario, responses),
        parameters: scenario.parameters,
        body: scenario.body,
      })),
      fallback: unmatched && exampleOf(unmatched, responses),
      prism: trim(own),
    }
  })
}

/**
 * Prose and our own extensions: nothing that Prism does depends on them. `deprecated` is left out because Prism reports a
 * deprecated parameter as a violation.
 */
const unread = new Set(
  `deprecated summary externalDocs tags x-evidence x-client x-in-band-error x-state-changing x-lookup-operation x-outcome x-next
  x-extensible-enum x-enum-varnames x-enum-descriptions`.split(/\s+/),
)

/** Returns the document without what Prism does not use: it repeats a schema for every operation and status that refer to it. */
const slim = (document: Document): object =>
  Object(
    mapNodes(document, (node) => {
      const kept = Object.entries(node).filter(([key]) => !unread.has(key))
      // Prism requires the description of a response, not its text.
      return Object.fromEntries(kept.map(([key, value]) => [key, key === 'description' ? '' : value]))
    }),
  )

/** The kind of credentials that a request must have, or `none`. */
const kindOf = (scheme: SecurityScheme | undefined) => scheme?.scheme ?? 'none'

/** An example with the status to send: for `default`, the first 5xx that the operation does not declare. */
function exampleOf({ name, status, summary, next }: Example, responses: Operation['responses']) {
  let sent = status === 'default' ? 500 : Number(status)
  while (status === 'default' && responses.has(`${sent}`)) sent++
  return { name, key: status, status: sent, summary, next }
}

/** Removes the fields that Prism does not use: ids, and the examples of parameters. */
function trim({ method, path, request, responses, ...rest }: PrismOperation) {
  const plain = <T extends { readonly style: string; readonly explode?: boolean }>(parameters: readonly T[] = []) =>
    parameters.map((parameter) => ({
      ...parameter,
      // Prism ignores OpenAPI's default.
      explode: parameter.explode ?? parameter.style === 'form',
      id: undefined,
      examples: undefined,
      explicitProperties: undefined,
    }))
  return newest({
    method,
    path,
    request: request && {
      ...request,
      query: plain(request.query),
      path: plain(request.path),
      headers: plain(request.headers),
    },
    responses,
    __bundled__: Reflect.get(rest, '__bundled__'),
  })
}

/** Prism marks schemas with an older draft, in which newer keywords have no effect. OpenAPI 3.1 uses 2020-12. */
const newest = <T>(operation: T): T =>
  JSON.parse(JSON.stringify(operation).replaceAll(`"${olderDraft}"`, '"https://json-schema.org/draft/2020-12/schema"'))

const olderDraft = 'http://json-schema.org/draft-07/schema#'
