import { type MockOperation, operationNamed, operations, specSha256, specVersion } from './contract.ts'
import { injectFault, notAFault, parseFault } from './fault.ts'
import {
  bodyTooLarge,
  errorMessage,
  jsonResponse,
  type MockRequest,
  type MockResponse,
  methodNotAllowed,
  problem,
} from './message.ts'
import { type HandlerResult, preflight } from './result.ts'
import { type Target, withHead } from './route.ts'
import { recordedRequest, reset, type Session } from './session.ts'

/** A request about the mock, not about the contract. */
interface ControlRequest {
  readonly request: MockRequest
  readonly query: Target['query']
  readonly session: Session
}

type ControlHandler = (control: ControlRequest) => MockResponse

const startedAt = new Date().toISOString()
const noContent: MockResponse = { status: 204, headers: {}, body: undefined }

/** Control paths that any web page and machine may use: they reveal nothing of the requests. */
const open: Readonly<Record<string, Readonly<Record<string, ControlHandler>>>> = {
  '/__mock/health': {
    GET: () => jsonResponse(200, { status: 'ok', pid: process.pid, startedAt, specVersion, specSha256 }),
  },
  '/__mock/scenarios': { GET: () => jsonResponse(200, operations.map(scenariosOf)) },
  '/__mock/reset': {
    POST({ session }) {
      reset(session)
      return jsonResponse(200, { status: 'reset' })
    },
  },
}

/** Control paths that show or change the requests of others. */
const restricted: typeof open = {
  '/__mock/requests': {
    GET: listRequests,
    DELETE({ session }) {
      session.requests.length = 0
      return noContent
    },
  },
  '/__mock/faults': {
    GET: ({ session }) => jsonResponse(200, faultsOf(session)),
    POST: postFault,
    DELETE({ session }) {
      session.faults.length = 0
      return noContent
    },
  },
}

/**
 * Handles requests to `/__mock/…`; undefined for any other.
 *
 * @param session undefined for the proxy, which keeps no requests and injects no faults
 * @param isControlAllowed whether the restricted paths may be used
 */
export function handleControl(
  request: MockRequest,
  { path, query }: Target,
  session: Session | undefined,
  isControlAllowed: boolean,
): HandlerResult | undefined {
  if (path !== '/__mock' && !path.startsWith('/__mock/')) return undefined
  const paths = session ? { ...open, ...restricted } : open
  const handlers = Object.hasOwn(paths, path) ? paths[path] : undefined
  const isOpen = Object.hasOwn(open, path)
  const respond = (response: MockResponse): HandlerResult => ({ response, isControlRequest: true, isPrivate: !isOpen })
  if (!handlers) {
    const known = Object.entries(paths).map(([name, each]) => `${Object.keys(each).join(', ')} ${name}`)
    return respond(problem('unknown-control-path', `Control paths: ${known.join('; ')}.`, { paths: known }))
  }
  const reason = isOpen ? undefined : forbidden(request, isControlAllowed)
  if (reason !== undefined) return respond(problem('control-forbidden', reason))
  const handler = handlers[request.method === 'HEAD' ? 'GET' : request.method]
  if (handler) return respond(handler({ request, query, session: session ?? noSession }))
  const preflightResponse = isOpen ? preflight(request) : undefined
  return respond(preflightResponse ?? methodNotAllowed(request.method, path, withHead(Object.keys(handlers))))
}

const noSession: Session = { requests: [], faults: [], steps: undefined }

/** Why a request may not use a restricted path. A web page must neither read the request log nor inject faults. */
function forbidden({ headers: { origin, host } }: MockRequest, isControlAllowed: boolean): string | undefined {
  if (!isControlAllowed)
    return 'Other machines can connect to this mock, so this path is off. Pass --control, or control: true to listen().'
  if (origin !== undefined && origin !== `http://${host}`) return `Web pages (Origin: ${origin}) may not use this path.`
  if (host === undefined || isTrustedHost(host)) return undefined
  return `Host ${host} could belong to a web page. Use localhost, an IP address or a name without a dot.`
}

/** No public name: its owner can make it point to this machine, and then read the responses in a browser. */
const isTrustedHost = (host: string): boolean =>
  /^(\[[\da-f:.]+\]|\d+(\.\d+){3}|[^.:]+|([^:]+\.)?localhost)(:\d+)?$/i.test(host)

/** Whether only this machine can connect to an address. */
export const isLoopback = (host: string): boolean => /^(127(\.\d+){3}|(.*\.)?localhost|::1|\[::1\])$/.test(host)

function listRequests({ query, session }: ControlRequest): MockResponse {
  const { operationId, ...others } = query
  try {
    const [unknown] = Object.keys(others)
    if (unknown !== undefined)
      throw new TypeError(`Unknown query parameter ${unknown}. The only supported one is operationId.`)
    const wanted = operationId === undefined ? undefined : operationNamed(operationId)
    const matching = session.requests.filter(({ match }) => wanted === undefined || match?.operation === wanted)
    return jsonResponse(200, matching.map(recordedRequest))
  } catch (error) {
    return problem('invalid-control-request', errorMessage(error))
  }
}

const unlimited = 'unlimited'

const faultsOf = ({ faults }: Session) =>
  faults.map(({ fault, times, operation }) => ({
    fault: fault.text,
    times: times === Number.POSITIVE_INFINITY ? unlimited : times,
    operationId: operation?.operationId,
  }))

function postFault({ request, session }: ControlRequest): MockResponse {
  if (request.isTooLarge) return bodyTooLarge()
  try {
    const { fault, times = 1, operationId, ...others } = jsonObject(`${request.body ?? ''}`)
    const [unknown] = Object.keys(others)
    if (unknown !== undefined) throw new TypeError(`Unknown field ${unknown}.`)
    const parsed = typeof fault === 'string' ? parseFault(fault) : undefined
    if (!parsed) return problem('unknown-fault', notAFault(fault))
    injectFault(session.faults, parsed, times === unlimited ? Number.POSITIVE_INFINITY : times, operationId)
    return jsonResponse(201, faultsOf(session))
  } catch (error) {
    const reason = errorMessage(error).replace(/\.?$/, '.')
    const expected = `Send JSON such as { "fault": "reset", "times": 2 }. Optional: times (a number or "${unlimited}"), operationId.`
    return problem('invalid-control-request', `${reason} ${expected}`)
  }
}

/** @throws {TypeError} if the text is not a JSON object */
function jsonObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new TypeError(`The body is not JSON (${errorMessage(error)})`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('The body is not an object')
  return { ...value }
}

function scenariosOf(operation: MockOperation) {
  const { operationId, method, path, scenarios, fallback } = operation
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    scenarios: scenarios.map(({ name, status, summary, parameters, body, next }) => ({
      name,
      status,
      summary,
      when: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.value])),
      body: body?.value,
      afterwards: next === undefined ? undefined : sequenceFrom(operation, next),
    })),
    otherwise: fallback?.name,
  }
}

/** The names of the examples of a sequence, from one on. */
function sequenceFrom({ examples }: Pick<MockOperation, 'examples'>, name: string): string[] {
  const next = examples.find((example) => example.name === name)?.next
  return next === undefined ? [name] : [name, ...sequenceFrom({ examples }, next)]
}
