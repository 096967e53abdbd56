import type { Command } from 'commander'

const environment = `
Environment:
  CLANFORGE_ACCESS_KEY, CLANFORGE_SECRET_KEY  keys (or CLANFORGE_TOKEN)
  CLANFORGE_ACCOUNT_SERVICE_ID                account service ID
  CLANFORGE_BASE_URL                          host, if not the live API
  HTTPS_PROXY, NO_PROXY                       proxy, and hosts without it
`

const exitCodes = `
Exit codes (of several jobs the highest counts):
  0    success, or presumed completed
  1    failed: rejected, not sent, not listed, declined, or the install failed
  2    usage or configuration error, found before anything was queued
  3    outcome unknown: check before you queue again
  130  interrupted; installs keep running
`

/** Adds what the help of every command has in common, and two examples. */
export const addHelp = (command: Command, ...examples: readonly [string, string]): Command =>
  command.addHelpText('after', `${environment}${exitCodes}\nExamples:\n${examples.map(exampleLine).join('\n')}`)

const exampleLine = (line: string): string => `  image-install-queue ${line}`
