import type { AnyCallError, ConfigurationProblem } from '@image-install-queue/client'

/** More are not named in one message. */
export const namedAtMost = 10

/** Jobs for a message: `job 1`, or `jobs 1, 2, 3 and 4 more`. */
export function nameJobs(jobids: readonly number[]): string {
  if (jobids.length === 1) return `job ${jobids[0]}`
  const more = jobids.length > namedAtMost ? ` and ${jobids.length - namedAtMost} more` : ''
  return `jobs ${jobids.slice(0, namedAtMost).join(', ')}${more}`
}

/** The message of an error of the client, in terms of the command line. */
export const describeError = (error: AnyCallError): string =>
  error.code === 'configuration' ? error.problems.map(describeProblem).join('\n') : inTermsOfCommand(error.message)

/** A message of the client with commands in place of methods, and variables in place of options. */
export const inTermsOfCommand = (message: string): string =>
  message
    .replace(/^(listImageInstalls|queueImageInstall): /, '')
    .replaceAll('`listImageInstalls`', '`image-install-queue list`')
    .replace('Check the base URL.', 'Check CLANFORGE_BASE_URL.')

const describeProblem = ({ code, name, env, message }: ConfigurationProblem): string =>
  problems[`${code} ${name}`] ?? (code === 'missing' && env ? `${env} is not set.` : message)

export const missingAccount = 'no account service ID. Set CLANFORGE_ACCOUNT_SERVICE_ID or pass --account-service-id.'

/** Problems of a configuration by code and name. The client's messages name options that programs set. */
const problems: Readonly<Record<string, string>> = {
  'missing accountserviceid': missingAccount,
  'invalid accountserviceid': 'CLANFORGE_ACCOUNT_SERVICE_ID must be a positive whole number.',
  'missing credentials': 'no credentials. Set CLANFORGE_ACCESS_KEY and CLANFORGE_SECRET_KEY, or CLANFORGE_TOKEN.',
  'conflict credentials':
    'two kinds of credentials. Unset CLANFORGE_TOKEN, or both CLANFORGE_ACCESS_KEY and CLANFORGE_SECRET_KEY.',
  'invalid accessKey': 'CLANFORGE_ACCESS_KEY must not contain colons or control characters.',
  'invalid secretKey': 'CLANFORGE_SECRET_KEY must not contain control characters.',
  'invalid token': 'CLANFORGE_TOKEN must be printable ASCII without spaces.',
  'missing baseUrl':
    'no host for CLANFORGE_TOKEN, which is valid for one host only. Set CLANFORGE_BASE_URL to https://api.multiplay.co.uk or https://api.multiplay.dev.',
  'insecure baseUrl': 'CLANFORGE_BASE_URL uses plain http, which does not protect credentials. Use https.',
}
