import type { InBandErrorRule } from '@image-install-queue/contract'
import { type Input, lines, type SampleCall } from './call.ts'

/** A call by curl, which fails on an error behind status 200 too and says which variable is not set. */
export function curl({ method, path, baseUrl, credentials, inputs, body, inBandError }: SampleCall): string {
  const variables = [baseUrl, ...(credentials?.env ?? []), ...inputs.flatMap(({ env }) => env ?? [])]
  const query = inputs.filter((input) => input.in === 'query').flatMap(pairs)
  const headers = inputs.filter((input) => input.in === 'header')
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
    'answer=$(',
    `  ${command.replaceAll('\n', ' \\\n    ')}`,
    ') && received=1 || received=0',
    'echo "$answer"',
    check && '# A success can be an error too.',
    check ? `test $received = 1 && ! echo "$answer" |\n  grep -Eq '${check}'` : 'test $received = 1',
  )
}

const authorization = {
  basic: ([user, password]: readonly string[]) => `--user "$${user}:$${password}"`,
  bearer: ([token]: readonly string[]) => `--header "authorization: Bearer $${token}"`,
}

const shown = ({ env, value }: Input) => (env ? `$${env}` : escaped(String(value)))

const pairs = ({ name, env, value }: Input) =>
  env ? [`${name}=$${env}`] : [value].flat().map((one) => `${name}=${encodeURIComponent(String(one))}`)

/** Text between double quotes. */
const escaped = (text: string) => text.replace(/["\\$`]/g, '\\$&')

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** What the text of an error has in it. Signs that only count together are left to the reader. */
function pattern({ when }: InBandErrorRule): string {
  const signs = when
    .map((values) => Object.entries(values))
    .filter((values) => values.length === 1)
    .flat()
    .map(([name, value]) => `"${name}": *${JSON.stringify(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
  return signs.join('|').replaceAll("'", '.')
}
