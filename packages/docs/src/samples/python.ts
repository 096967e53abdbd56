import type { InBandErrorRule } from '@image-install-queue/contract'
import type { Input, SampleCall } from './call.ts'

/** A call by Python's standard library. */
export function python({ method, path, baseUrl, credentials, inputs, body, inBandError }: SampleCall): string {
  const query = inputs.filter((input) => input.in === 'query')
  const hasPathInputs = inputs.some((input) => input.in === 'path')
  const parse = [...(hasPathInputs ? ['quote'] : []), ...(query.length > 0 ? ['urlencode'] : [])]
  const doseq = query.some(({ value }) => Array.isArray(value)) ? ', doseq=True' : ''
  const headers = [
    ...(credentials
      ? [`"Authorization": ${credentials.scheme === 'basic' ? '"Basic " + basic' : '"Bearer " + token'}`]
      : []),
    ...(body ? ['"Content-Type": "application/json"'] : []),
    ...inputs.filter((input) => input.in === 'header').map((input) => `${literal(input.name)}: ${source(input)}`),
  ]
  const address = [`env["${baseUrl}"]`, ...pathParts(path, inputs), ...(query.length > 0 ? ['"?" + query'] : [])]
  return [
    ...(credentials?.scheme === 'basic' ? ['import base64'] : []),
    'import json\nimport os',
    ...(parse.length > 0 ? [`from urllib.parse import ${parse.join(', ')}`] : []),
    'from urllib.request import Request, urlopen\n\nenv = os.environ',
    ...secret(credentials),
    ...(query.length > 0 ? [`query = urlencode({\n${query.map(pair).join('')}}${doseq})`] : []),
    `request = Request(\n    ${address.join('\n    + ')},`,
    ...(body ? [`    data=json.dumps(json.loads(${literal(JSON.stringify(body.value))})).encode(),`] : []),
    `    headers={${headers.join(', ')}},\n    method="${method}",\n)`,
    '',
    '# Raises HTTPError for 4xx and 5xx.',
    'with urlopen(request, timeout=60) as response:\n    answer = json.load(response)',
    ...(inBandError ? check(inBandError) : []),
    'print(json.dumps(answer, indent=2))',
  ].join('\n')
}

function secret(credentials: SampleCall['credentials']): string[] {
  const values = (credentials?.env ?? []).map((name) => `env["${name}"]`)
  if (credentials?.scheme === 'bearer') return [`token = ${values.join('')}`]
  if (!credentials) return []
  return [
    `keys = ":".join([\n${values.map((value) => `    ${value},\n`).join('')}])`,
    'basic = base64.b64encode(keys.encode()).decode()',
  ]
}

function pathParts(path: string, inputs: readonly Input[]): string[] {
  return path
    .split(/(\{[^}]+\})/)
    .filter(Boolean)
    .map((part) => {
      const input = inputs.find(({ name, in: place }) => place === 'path' && part === `{${name}}`)
      return input ? `quote(${source(input)}, safe="")` : literal(part)
    })
}

function pair(input: Input): string {
  const { name, env, value } = input
  const values = [value].flat().map((one) => literal(String(one)))
  const list = Array.isArray(value) ? `[${values.join(', ')}]` : values.join('')
  return `    ${literal(name)}: ${env ? source(input) : list},\n`
}

const source = ({ env, value }: Input) => (env ? `env["${env}"]` : literal(String(value)))

/** JSON's strings are Python's. */
const literal = (text: string) => JSON.stringify(text)

function check({ when, message }: InBandErrorRule): string[] {
  const signs = when.map((values) =>
    Object.entries(values)
      .map(([name, value]) => `answer.get(${literal(name)}) ${comparison(value)}`)
      .join(' and '),
  )
  const reason = message ? `answer.get(${literal(message)})` : 'answer'
  return ['# A success can be an error too.', `if (${signs.join('\n    or ')}):`, `    raise SystemExit(${reason})`]
}

function comparison(value: unknown): string {
  if (value === null) return 'is None'
  if (typeof value === 'boolean') return value ? 'is True' : 'is False'
  return `== ${JSON.stringify(value)}`
}
