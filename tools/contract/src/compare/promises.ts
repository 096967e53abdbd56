import { isDeepStrictEqual } from 'node:util'
import { at, knownValues } from '../old/extension.ts'
import type { Contract } from '../old/index.ts'
import type { Change } from './version.ts'

/**
 * What users rely on and no OpenAPI tool looks at: exported names, states, scenarios, names of client options, and
 * whether a call changes something. Each promise has a name and a value.
 */
function promises({ document, operations }: Contract): Map<string, unknown> {
  const found = new Map<string, unknown>([['The default server', document.servers?.[0]?.url]])
  const clientNames = (where: string, node: object | undefined) => {
    const names: object = Object(at(node, 'x-client'))
    for (const [key, value] of Object.entries(names)) found.set(`Client name ${where}.${key}`, value)
  }
  clientNames('info', document.info)
  for (const [name, scheme] of Object.entries(document.components?.securitySchemes ?? {})) clientNames(name, scheme)
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    found.set(`Schema ${name}`, 'exported')
    const inBand = at(schema, 'x-in-band-error')
    if (inBand) found.set(`What makes ${name} an error`, inBand)
    for (const known of knownValues(schema)) found.set(`Value ${known.value} of ${name}`, known.name)
  }
  for (const { operationId, parameters, scenarios, stateChanging } of operations) {
    found.set(`Whether ${operationId} changes state`, stateChanging)
    for (const parameter of parameters) clientNames(`${operationId}.${parameter.name}`, parameter)
    for (const { name, status, parameters, body } of scenarios) {
      found.set(`Scenario ${name} of ${operationId}`, { status, parameters, body })
    }
  }
  return found
}

/** A promise that is broken or withdrawn is major, a new one minor. */
export function promiseChanges(released: Contract, current: Contract): Change[] {
  const [before, after] = [promises(released), promises(current)]
  const added = [...after.keys()].filter((name) => !before.has(name))
  const kept = [...before].filter(([name, value]) => !(after.has(name) && isDeepStrictEqual(value, after.get(name))))
  return [
    ...kept.map(([name, value]): Change => {
      if (!after.has(name)) return { level: 'major', text: `${name} was removed.` }
      return { level: 'major', text: `${name} changed from ${show(value)} to ${show(after.get(name))}.` }
    }),
    ...added.map((name): Change => ({ level: 'minor', text: `${name} was added.` })),
  ]
}

const show = (value: unknown) => JSON.stringify(value)
