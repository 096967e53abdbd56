import type { Document, Operation, Resolve } from '@image-install-queue/contract'
import { sampleValues } from '../sample.ts'

/** A request to show how the mock is asked: that of the first operation that needs no body. */
export function sampleRequest(document: Document, operations: readonly Operation[], resolve: Resolve) {
  const operation = operations.find(({ requestBody }) => !requestBody?.required)
  if (!operation) return undefined
  const samples: Readonly<Record<string, unknown>> = sampleValues(operation, resolve, false)
  const values = operation.parameters
    .filter(({ required }) => required)
    .map(({ name, in: place }) => ({ name, place, value: `${samples[name]}` }))
  const path = values
    .filter(({ place }) => place === 'path')
    .reduce((target, { name, value }) => target.replace(`{${name}}`, encodeURIComponent(value)), operation.path)
  const query = new URLSearchParams(
    values.filter(({ place }) => place === 'query').map(({ name, value }): [string, string] => [name, value]),
  )
  const [first] = operation.security
  const scheme = first === undefined ? undefined : document.components?.securitySchemes?.[first]?.scheme
  const flags = [
    ...(operation.method === 'get' ? [] : [`--request ${operation.method.toUpperCase()}`]),
    ...(scheme === 'basic' ? ['--user key:secret'] : []),
    ...(scheme === 'bearer' ? [headerFlag('authorization', 'Bearer token')] : []),
    ...values.filter(({ place }) => place === 'header').map(({ name, value }) => headerFlag(name, value)),
  ]
  return { target: query.size > 0 ? `${path}?${query}` : path, flags }
}

const headerFlag = (name: string, value: string) => `--header '${`${name}: ${value}`.replaceAll("'", `'\\''`)}'`
