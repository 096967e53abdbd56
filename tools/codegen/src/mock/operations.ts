import {
  type Answer,
  byPrecedence,
  type Contract,
  fallback,
  type Operation,
} from '@image-install-queue/contract/old/index'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js'
import { readScheme, type Scheme, waysIn } from '../security.ts'
import { slim } from './slim.ts'

type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number]

interface Parameter {
  readonly style: string
  readonly explode?: boolean
}

/** What the mock needs of each operation: little to find it, the rest to answer it. */
export async function readMockOperations(contract: Contract) {
  const prism = await getHttpOperationsFromSpec(slim(contract.document))
  const seen = new Map(prism.map((candidate) => [`${candidate.method} ${candidate.path}`, candidate]))
  return contract.operations.map((operation) => {
    const { operationId, method, path, stateChanging, answers, scenarios, responses } = operation
    const own = seen.get(`${method} ${path}`)
    if (!own) throw new Error(`Prism does not see ${method} ${path}.`)
    const named = nameAnswers(operation)
    const nameOf = (answer: Answer) =>
      named.find(({ name, status }) => name === answer.name && status === answer.status)
    const unmatched = fallback(answers, scenarios)
    return {
      route: { operationId, method, path, summary: operation.node.summary ?? operationId, stateChanging },
      details: {
        security: readSecurity(operation, contract),
        statuses: [...responses.keys()],
        answers: named,
        scenarios: [...scenarios].sort(byPrecedence).map((scenario) => ({
          ...nameOf(scenario),
          summary: scenario.summary,
          parameters: scenario.parameters,
          body: scenario.body,
        })),
        fallback: unmatched !== undefined && unmatched.status === lowestSuccess(operation) && nameOf(unmatched),
        prism: trim(own),
      },
    }
  })
}

/** The ways to be let in, each with the kind of every credential that it needs and the header of an API key. */
export function readSecurity(operation: Operation, { document }: Contract) {
  return waysIn(operation, document).map((names) =>
    names.map((name): { kind: Scheme['kind']; header?: string } => {
      const { kind, header } = readScheme(name, document)
      return kind === 'apiKey' ? { kind, header } : { kind }
    }),
  )
}

/** The named answers by status; one that is offered in several media types is one answer. */
function nameAnswers({ answers, responses }: Operation) {
  const isSame = (a: Answer, b: Answer) => a.name === b.name && a.status === b.status
  return answers
    .filter((answer, i) => answers.findIndex((other) => isSame(answer, other)) === i)
    .map((answer) => ({
      name: answer.name,
      status: answer.status,
      code: codeFor(answer.status, responses),
      mediaTypes: answers.filter((other) => isSame(answer, other)).map(({ mediaType }) => mediaType),
    }))
    .sort((a, b) => a.code - b.code)
}

/** A status line for a key of `responses`: a range or `default` stands for the first status that no other key takes. */
function codeFor(key: string, responses: Operation['responses']): number {
  if (/^\d+$/.test(key)) return Number(key)
  const keys = [...responses.keys()]
  const start =
    key === 'default' ? (keys.some((other) => other.startsWith('2')) ? 500 : 200) : Number(key.charAt(0)) * 100
  let code = start
  while (keys.includes(String(code))) code++
  return code
}

function lowestSuccess({ responses }: Operation): string | undefined {
  return [...responses.keys()].filter((status) => status.startsWith('2')).sort()[0]
}

/** Leaves out what Prism answers without: ids, and scenarios on parameters. */
function trim({ method, path, request, responses, deprecated, ...rest }: PrismOperation) {
  const plain = <T extends Parameter>(parameters: readonly T[] = []) =>
    parameters.map((parameter) => ({
      ...parameter,
      // OpenAPI's default, which Prism takes for false.
      explode: parameter.explode ?? parameter.style === 'form',
      id: undefined,
      examples: undefined,
      explicitProperties: undefined,
    }))
  return {
    method,
    path,
    request: request && {
      ...request,
      query: plain(request.query),
      path: plain(request.path),
      headers: plain(request.headers),
      cookie: plain(request.cookie),
    },
    responses,
    deprecated,
    __bundled__: Reflect.get(rest, '__bundled__'),
  }
}
