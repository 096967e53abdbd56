import { type Document, type Operation, type Resolve, sampleParameters } from '@image-install-queue/contract'

/** Returns a request that shows how the mock is called, of the first operation that requires no body. */
export function sampleRequest(document: Document, operations: readonly Operation[], resolve: Resolve) {
  const operation = operations.find(({ requestBody }) => !requestBody?.required)
  if (!operation) return undefined
  const values = sampleParameters(operation, resolve)
  const path = values
    .filter((parameter) => parameter.in === 'path')
    .reduce((target, { name, value }) => target.replace(`{${name}}`, encoded(`${value}`)), operation.path)
  const inQuery = values.filter((parameter) => parameter.in === 'query')
  const query = new URLSearchParams()
  for (const { name, value } of inQuery) for (const item of [value].flat()) query.append(name, `${item}`)
  const [first] = operation.security
  const scheme = first === undefined ? undefined : document.components?.securitySchemes?.[first]?.scheme
  const flags = [
    ...(operation.method === 'get' ? [] : [`--request ${operation.method.toUpperCase()}`]),
    ...(scheme === 'basic' ? ['--user key:secret'] : []),
    ...(scheme === 'bearer' ? [headerFlag('authorization', 'Bearer token')] : []),
    ...values.filter((parameter) => parameter.in === 'header').map(({ name, value }) => headerFlag(name, value)),
  ]
  return { target: query.size > 0 ? `${path}?${query}` : path, flags }
}

/** The mock prints the target between single quotes. */
const encoded = (value: string) => encodeURIComponent(value).replaceAll("'", '%27')

const headerFlag = (name: string, value: unknown) => `--header '${`${name}: ${value}`.replaceAll("'", `'\\''`)}'`
