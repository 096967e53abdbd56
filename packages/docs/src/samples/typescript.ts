import { lines, type SampleCall } from './call.ts'

/** A call with the client, which reads inputs that have an environment variable by itself. */
export function typescript({ operationId, inputs, body, inBandError }: SampleCall): string {
  const values = inputs.filter(({ env }) => env === undefined).map(({ name, value }) => [name, value])
  if (body) values.push(['body', body.value])
  const parameters = values.length > 0 ? literal(Object.fromEntries(values)) : ''
  return lines(
    "import { createClient } from '@image-install-queue/client'",
    '',
    '// Reads the base URL and the keys from the environment.',
    'const client = createClient()',
    '',
    inBandError && '// Throws if a success status carries an error.',
    `const result = await client.${operationId}(${parameters})`,
    'console.log(result)',
  )
}

/** JSON whose keys have no needless quotes. */
const literal = (value: object) => JSON.stringify(value, null, 2).replace(/^( *)"([A-Za-z_]\w*)":/gm, '$1$2:')
