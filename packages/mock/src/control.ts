import { type MockOperation, operations } from './contract.ts'
import type { Memory } from './memory.ts'
import { type Incoming, jsonReply, type Reply } from './message.ts'
import { specSha256, specVersion } from './version.ts'

/** Answers what is asked about the mock itself. The proxy has no memory to reset. */
export function controlReply({ method }: Incoming, path: string, memory?: Memory): Reply | undefined {
  if (method === 'POST' && path === '/__mock/reset') {
    memory?.reset()
    return jsonReply(200, { status: 'reset' })
  }
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (path === '/__mock/health') return jsonReply(200, { status: 'ok', specVersion, specSha256 })
  if (path === '/__mock/scenarios') return jsonReply(200, operations.map(scenariosOf))
  return undefined
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
      afterwards: next === undefined ? undefined : following(operation, next),
    })),
    otherwise: fallback?.name,
  }
}

/** The names of the examples that answer the same request after the first. */
function following({ examples }: Pick<MockOperation, 'examples'>, name: string): string[] {
  const next = examples.find((example) => example.name === name)?.next
  return next === undefined ? [name] : [name, ...following({ examples }, next)]
}
