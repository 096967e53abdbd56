import type { ClientOption, Document, ParameterNode, Schema } from '../document.ts'
import type { Resolve } from '../resolve.ts'
import { nodesOf } from '../walk.ts'
import type { Path, ReportError } from './errors.ts'

interface LocatedOption extends ClientOption {
  readonly path: Path
  /** Options with the same name and meaning are one. */
  readonly meaning: string
}

/** An option of the client and its environment variable have one meaning. Parameters of one type can share an option. */
export function checkOptions(document: Document, resolve: Resolve, report: ReportError): void {
  const options = [...optionsOf(document, resolve)]
  const meanings = new Map<string, string>()
  for (const { path, meaning, ...option } of options) {
    for (const key of ['option', 'env'] as const) {
      const name = option[key]
      if (name === undefined) continue
      if ((meanings.get(name) ?? meaning) !== meaning)
        report([...path, key], `"${name}" already has another meaning: choose a different name`, false)
      meanings.set(name, meaning)
    }
  }
  for (const { requires, path } of options) {
    if (requires !== undefined && !options.some(({ option }) => option === requires))
      report([...path, 'requires'], `there is no option "${requires}": write the name of another option`, false)
  }
}

function* optionsOf(document: Document, resolve: Resolve): Generator<LocatedOption> {
  for (const { node, path } of nodesOf(document)) {
    const client = node['x-client']
    if (client === undefined) continue
    const at = [...path, 'x-client']
    if ('in' in node) {
      // The node is a parameter, whose x-client is one option.
      const { schema, 'x-client': option } = node as unknown as Required<ParameterNode>
      yield { ...option, path: at, meaning: JSON.stringify([option, resolve<Schema>(schema).type]) }
    } else {
      // On `info` and security schemes, x-client has several options by name.
      for (const [name, option] of Object.entries(client as Readonly<Record<string, ClientOption>>))
        yield { ...option, path: [...at, name], meaning: JSON.stringify([option, at, name]) }
    }
  }
}
