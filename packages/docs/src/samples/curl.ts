import type { InBandErrorRule } from '@image-install-queue/contract'
import type { Input, SampleCall } from './call.ts'

/** A call by curl, which fails on an error behind status 200 too and says which variable is not set. */
export function curl({ method, path, baseUrl, credentials, inputs, body, inBandError }: SampleCall): string {
  const variables = [baseUrl, ...(credentials?.env ?? []), ...inputs.flatMap(({ env }) => env ?? [])]
  const isGet = method === 'GET'
  const query = inputs.filter((input) => input.in === 'query').flatMap(pairs)
  const url = inputs
    .filter((input) => input.in === 'path')
    .reduce(
      (rest, { name, env, value }) =>
        rest.replace(`{${name}}`, () => (env ? `$${env}` : encodeURIComponent(String(value)))),
      path,
    )
  const search = isGet || query.length === 0 ? '' : `?${query.join('&')}`
  const lines = [
    'curl --fail-with-body --silent --show-error',
    isGet ? '--max-time 60 --get' : `--max-time 60 --request ${method}`,
    ...authorization(credentials),
    ...inputs.filter((input) => input.in === 'header').map((input) => `--header "${input.name}: ${shown(input)}"`),
    ...(isGet ? query.map((pair) => `-d "${pair}"`) : []),
    ...(body ? ["--header 'content-type: application/json'", `--data ${quote(JSON.stringify(body.value))}`] : []),
    `"$${baseUrl}${url}${search}"`,
  ]
  const check = inBandError && pattern(inBandError)
  return [
    ...[...new Set(variables)].map((name) => `: "\${${name}:?is not set}"`),
    `answer=$(\n  ${lines.join(' \\\n    ')}\n) && received=1 || received=0`,
    'echo "$answer"',
    ...(check
      ? ['# A success can be an error too.', 'test $received = 1 && ! echo "$answer" |', `  grep -Eq '${check}'`]
      : ['test $received = 1']),
  ].join('\n')
}

function authorization(credentials: SampleCall['credentials']): string[] {
  if (!credentials) return []
  const [first = '', second = ''] = credentials.env
  if (credentials.scheme === 'basic') return [`--user "$${first}:$${second}"`]
  return [`--header "authorization: Bearer $${first}"`]
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
