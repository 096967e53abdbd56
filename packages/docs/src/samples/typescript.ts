import { lines, type SampleCall } from './call.ts'

/** A call with the client, which reads inputs that have an environment variable by itself. */
export function typescript({ operationId, inputs, body, inBandError }: SampleCall): string {
  const values = inputs.filter(({ env }) => env === undefined).map(({ name, value }) => property(name, value))
  if (body) values.push(property('body', body.value))
  const parameters = values.length > 0 ? `{\n${values.join('')}}` : ''
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

function property(name: string, value: unknown): string {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
  return `  ${key}: ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')},\n`
}
