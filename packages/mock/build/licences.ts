import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

/**
 * The licenses of all packages in the bundles.
 *
 * @throws {Error} when a package has neither a license text nor the name of a license
 */
export function licences(root: string, ...metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
  )
  const folders = new Set(inputs.flatMap((input) => packageFolder.exec(join(root, input))?.[0] ?? []))
  const entries = new Map([...folders].map((folder) => describe(folder)))
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, text]) => `${title}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

const packageFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/

function describe(folder: string): [string, string] {
  const { name, version, license }: Record<string, unknown> = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : undefined
  if (!text && typeof license !== 'string')
    throw new Error(`${name} ${version} has neither a license text nor a license name.`)
  return [`${name} ${version}${typeof license === 'string' ? ` (${license})` : ''}`, text ?? `License: ${license}`]
}
