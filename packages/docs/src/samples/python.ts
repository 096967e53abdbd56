import type { InBandErrorRule } from '@image-install-queue/contract'
import { type Input, lines, type SampleCall } from './call.ts'

/** A request with Python's standard library. */
export function python(call: SampleCall): string {
  const { method, path, baseUrl, credentials, query, headers, body, hasResponseBody, inBandError } = call
  const doseq = query.some(({ value }) => Array.isArray(value)) ? ', doseq=True' : ''
  const url = path.replace(/\{(\w+)\}/g, "{urllib.parse.quote(env['$1'], safe='')}")
  return lines(
    'import base64\nimport json\nimport os\nimport urllib.parse\nimport urllib.request\n\nenv = os.environ',
    `base = env["${baseUrl}"]`,
    credentials && authorization[credentials.scheme](credentials.env),
    query.length > 0 && `query = urllib.parse.urlencode({\n${lines(...query.map(entry))}\n}${doseq})`,
    'request = urllib.request.Request(',
    `    f"{base}${url}${query.length > 0 ? '?{query}' : ''}",`,
    body && `    data=${literal(JSON.stringify(body.value))}.encode(),`,
    '    headers={',
    credentials && '        "Authorization": authorization,',
    body && '        "Content-Type": "application/json",',
    ...headers.map((input) => `    ${entry(input)}`),
    `    },\n    method="${method}",\n)`,
    '',
    '# Raises HTTPError for 4xx and 5xx.',
    'with urllib.request.urlopen(request, timeout=60) as reply:',
    hasResponseBody ? '    response = json.load(reply)' : '    response = json.loads(reply.read() or "null")',
    inBandError && check(inBandError),
    'print(json.dumps(response, indent=2))',
  )
}

const authorization = {
  basic: ([user, password]: readonly string[]) => `user = env["${user}"]
password = env["${password}"]
keys = base64.b64encode(f"{user}:{password}".encode())
authorization = f"Basic {keys.decode()}"`,
  bearer: ([token]: readonly string[]) => `authorization = "Bearer " + env["${token}"]`,
}

function entry({ name, env, value }: Input): string {
  const shown = Array.isArray(value) ? value.map(String) : String(value)
  return `    ${literal(name)}: ${env ? `env["${env}"]` : literal(shown)},`
}

/** Strings of JSON, and lists of them, are valid in Python. */
const literal = (value: string | readonly string[]) => JSON.stringify(value)

function check({ when, message }: InBandErrorRule): string {
  const marks = when.map((values) =>
    Object.entries(values)
      .map(([name, value]) => `response.get(${literal(name)}) ${comparison(value)}`)
      .join(' and '),
  )
  const reason = message ? `response.get(${literal(message)})` : 'response'
  return `# A success status can carry an error.\nif (${marks.join('\n    or ')}):\n    raise SystemExit(${reason})`
}

function comparison(value: unknown): string {
  const json = JSON.stringify(value)
  return constants[json] ?? `== ${json}`
}

const constants: Readonly<Record<string, string>> = { null: 'is None', true: 'is True', false: 'is False' }
