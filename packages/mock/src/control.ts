import { allOperations, type Operation } from './contract.ts'
import { specSha256, specVersion } from './generated/contract.gen.ts'
import { type Answer, type Incoming, jsonAnswer } from './message.ts'

/** Answers what is asked about the mock itself. */
export function controlAnswer({ method }: Incoming, path: string): Answer | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (path === '/__mock/health') return jsonAnswer(200, { status: 'ok', specVersion, specSha256 })
  if (path === '/__mock/scenarios') return jsonAnswer(200, allOperations().map(scenariosOf))
  return undefined
}

function scenariosOf({ operationId, method, path, scenarios, fallback }: Operation) {
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    scenarios: scenarios.map(({ name, code, summary, parameters, body }) => ({
      name,
      status: code,
      summary,
      when: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.value])),
      body: body?.value,
    })),
    otherwise: fallback ? fallback.name : undefined,
  }
}
