import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Document } from '@image-install-queue/contract'
import { interactivePage, plainPage, toHtml } from './html.ts'
import { llmsTxt } from './llms.ts'
import { slug } from './markdown.ts'
import { reference } from './reference.ts'
import { formerAddresses, readDocumentation } from './sections.ts'

const require = createRequire(import.meta.url)

/** The folder of the contract and of the files that are offered with it. */
const spec = dirname(require.resolve('@image-install-queue/spec/openapi.yaml'))

/**
 * Writes the documentation of a contract: a folder for any static host. `openapi.yaml`, `SOURCES.md` and
 * `workflows.arazzo.yaml` are copied from `spec`.
 */
export function build(document: Document, out: string): void {
  const json = JSON.stringify(document)
  // The descriptions link to SOURCES.md, which is a page here.
  const documentation = readDocumentation(JSON.parse(json.replaceAll('](SOURCES.md)', '](sources.html)')) as Document)
  const { title } = document.info
  const { sections } = documentation
  const markdown = reference(documentation)
  const body = toHtml(
    markdown,
    new Map(sections.map(({ title, address }) => [slug(title), [address, ...(formerAddresses[address] ?? [])]])),
  )
  mkdirSync(out, { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(out, name), text)
  for (const file of ['openapi.yaml', 'SOURCES.md', 'workflows.arazzo.yaml']) cpSync(join(spec, file), join(out, file))
  write('openapi.json', json)
  write('reference.md', markdown)
  write('reference.html', plainPage(title, body))
  write('llms.txt', llmsTxt(documentation))
  write('sources.html', plainPage(`Sources: ${title}`, toHtml(readFileSync(join(spec, 'SOURCES.md'), 'utf8'))))
  write('index.html', interactivePage(documentation, body))
}

if (import.meta.main) {
  // Written and validated by the build of `spec`.
  const json = readFileSync(require.resolve('@image-install-queue/spec/openapi.json'), 'utf8')
  build(JSON.parse(json) as Document, join(import.meta.dirname, '../dist'))
}
