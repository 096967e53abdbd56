import type { ConfigurationError, ConfigurationProblem } from '@image-install-queue/client'

export const noAccount = 'no account service ID. Set CLANFORGE_ACCOUNT_SERVICE_ID or pass --account-service-id.'

/** Each problem of a configuration, in terms of the command line: the client's messages name options that programs set. */
export const describeConfiguration = ({ problems }: ConfigurationError): string => problems.map(describe).join('\n')

const describe = ({ code, name, env, message }: ConfigurationProblem): string =>
  messages[`${code} ${name}`] ?? (code === 'missing' && env ? `${env} is not set.` : message)

const messages: Readonly<Record<string, string>> = {
  'missing accountserviceid': noAccount,
  'invalid accountserviceid': 'CLANFORGE_ACCOUNT_SERVICE_ID must be a positive whole number.',
  'missing credentials': 'no credentials. Set CLANFORGE_ACCESS_KEY and CLANFORGE_SECRET_KEY, or CLANFORGE_TOKEN.',
  'conflict credentials':
    'two kinds of credentials. Unset CLANFORGE_TOKEN, or both CLANFORGE_ACCESS_KEY and CLANFORGE_SECRET_KEY.',
  'invalid accessKey': 'CLANFORGE_ACCESS_KEY must not contain colons or control characters.',
  'invalid secretKey': 'CLANFORGE_SECRET_KEY must not contain control characters.',
  'invalid token': 'CLANFORGE_TOKEN must be printable ASCII without spaces.',
  'missing baseUrl':
    'no host for CLANFORGE_TOKEN, which is valid for one host only. Set CLANFORGE_BASE_URL to https://api.multiplay.co.uk or https://api.multiplay.dev.',
  'invalid baseUrl': 'CLANFORGE_BASE_URL must be an http or https address without credentials, query and fragment.',
  'insecure baseUrl': 'CLANFORGE_BASE_URL uses plain http, which does not protect credentials. Use https.',
}
