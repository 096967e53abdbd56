import { baseUrlOption, type ClientOption, type Document, type Operation } from '@image-install-queue/contract'
import { comment, quote } from '../text.ts'
import { secretsOf, securitySchemes } from './security.ts'

const partNames = { username: 'User name', password: 'Password', token: 'Token' }

/** The interface of the client options that the contract declares, each option once. */
export function optionsInterface(document: Document, operations: readonly Operation[]): string {
  const [server, ...others] = document.servers
  const options = new Map<string, string>()
  const add = ({ option, env, requires }: ClientOption, type: string, paragraphs: (string | undefined)[]) => {
    const required = requires && `Requires \`${requires}\`.`
    const fallback = env && `Falls back to the environment variable \`${env}\`.`
    const doc = comment([...paragraphs, required, fallback], '  ')
    if (!options.has(option)) options.set(option, `${doc}  readonly ${option}?: ${type} | undefined\n`)
  }
  const list = others
    .map(({ url, description = '' }) => `\n- ${url}${description && `: ${description.replace(/\s+/g, ' ')}`}`)
    .join('')
  add(baseUrlOption(document), 'string', [
    `Base URL of the requests. Default: \`${server?.url}\`.`,
    list && `Other servers:${list}`,
  ])
  for (const [name, scheme] of securitySchemes(document)) {
    for (const { part, ...option } of secretsOf(scheme))
      add(option, 'Credential', [`${partNames[part]} of the scheme \`${name}\`.`, scheme.description])
  }
  for (const { operationId, parameters } of operations) {
    for (const { name, description, 'x-client': option } of parameters) {
      const type = `ParametersOf<operations[${quote(operationId)}]>[${quote(name)}]`
      if (option) add(option, type, [`Default of the parameter \`${name}\`.`, description])
    }
  }
  return `/** Client options that the contract declares. */
export interface ContractOptions {
${[...options.values()].join('')}}

/** A secret, or a function that provides it. The function is called once per call of the API, so keys can rotate. */
export type Credential = string | (() => string | Promise<string>)
`
}
