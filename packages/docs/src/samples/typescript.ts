import { lines, type SampleCall } from './call.ts'

/** A call by the client, which reads from the environment what the contract names a variable for. */
export function typescript({ operationId, inputs, body, inBandError }: SampleCall): string {
  const values = inputs.filter(({ env }) => env === undefined).map(({ name, value }) => property(name, value))
  if (body) values.push(property('body', body.value))
  const parameters = values.length > 0 ? `{\n${values.join('')}}` : ''
  return lines(
    "import { createClient } from '@image-install-queue/client'",
    '',
    '// Reads host and keys from the environment.',
    'const client = createClient()',
    '',
    inBandError && '// Throws on an error behind a success status too.',
    `const answer = await client.${operationId}(${parameters})`,
    'console.log(answer)',
  )
}

function property(name: string, value: unknown): string {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
  return `  ${key}: ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')},\n`
}
