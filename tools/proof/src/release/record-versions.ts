import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Part of `pnpm release:version`: adds the new version to the table of versions in spec/README.md.
const root = join(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { version } = JSON.parse(read('packages/client/package.json'))
const contract = /^ {2}version: (.*)$/m.exec(read('spec/openapi.yaml'))?.[1]
const page = read('spec/README.md')
if (!page.includes(`| ${version} | ${contract} |`)) {
  const head = '| client, mock, cli | contract |\n| --- | --- |\n'
  const released = page.replace(/^\| .* \(next\) \|.*\n/m, '').replace(head, `${head}| ${version} | ${contract} |\n`)
  writeFileSync(join(root, 'spec/README.md'), released)
}
