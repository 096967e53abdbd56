import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Part of `pnpm release:version`: adds the row of the new version to VERSIONS.md.
const read = (path: string) => readFileSync(join(import.meta.dirname, '../../../..', path), 'utf8')
const { version } = JSON.parse(read('packages/client/package.json'))
const contract = /^ {2}version: (.*)$/m.exec(read('spec/openapi.yaml'))?.[1]
const table = read('VERSIONS.md')
if (!table.includes(`| ${version} |`)) {
  const file = join(import.meta.dirname, '../../../../VERSIONS.md')
  writeFileSync(
    file,
    table.replace(/^\| -.*\n/m, (line) => `${line}| ${version} | ${contract} |\n`),
  )
}
