import type { InBandErrorRule } from '@image-install-queue/contract'
import { type Input, lines, type SampleCall } from './call.ts'

/** A request with curl. It fails on in-band errors too, and names a variable that is not set. */
export function curl(call: SampleCall): string {
  const { method, path, baseUrl, credentials, inputs, headers, body, inBandError } = call
  const variables = [baseUrl, ...(credentials?.env ?? []), ...inputs.flatMap(({ env }) => env ?? [])]
  const query = call.query.flatMap(pairs)
  const isGet = method === 'GET'
  const search = isGet || query.length === 0 ? '' : `?${query.join('&')}`
  const command = lines(
    'curl --fail-with-body --silent --show-error',
    isGet ? '--max-time 60 --get' : `--max-time 60 --request ${method}`,
    credentials && authorization[credentials.scheme](credentials.env),
    ...headers.map((input) => `--header "${input.name}: ${shown(input)}"`),
    ...(isGet ? query.map((pair) => `-d "${pair}"`) : []),
    body && "--header 'content-type: application/json'",
    body && `--data ${quote(JSON.stringify(body.value))}`,
    `"$${baseUrl}${path.replaceAll('{', '${')}${search}"`,
  )
  const check = inBandError && pattern(inBandError)
  return lines(
    ...[...new Set(variables)].map((name) => `: "\${${name}:?is not set}"`),
    'response=$(',
    `  ${command.replaceAll('\n', ' \\\n    ')}`,
    ') && received=1 || received=0',
    'echo "$response"',
    check && '# A success status can carry an error.',
    check ? `test $received = 1 && ! echo "$response" |\n  grep -Eq '${check}'` : 'test $received = 1',
  )
}

const authorization = {
  basic: ([user, password]: readonly string[]) => `--user "$${user}:$${password}"`,
  bearer: ([token]: readonly string[]) => `--header "authorization: Bearer $${token}"`,
}

const shown = ({ env, value }: Input) => (env ? `$${env}` : escaped(String(value)))

const pairs = ({ name, env, value }: Input) =>
  env ? [`${name}=$${env}`] : [value].flat().map((one) => `${name}=${encodeURIComponent(String(one))}`)

/** A string between double quotes. */
const escaped = (text: string) => text.replace(/["\\$`]/g, '\\$&')

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** A pattern that the JSON of an error matches. */
function pattern({ when }: InBandErrorRule): string {
  const marks = when.map((values) =>
    Object.entries(values)
      .map(([name, value]) => `"${name}": *${JSON.stringify(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
      .join('.*'),
  )
  return marks.join('|').replaceAll("'", '.')
}
