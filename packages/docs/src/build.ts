import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Document } from '@image-install-queue/contract'
import { decorate } from './decorate.ts'
import { plainPage, redocPage } from './page.ts'
import { plainBody } from './plain-page.ts'
import { reference } from './reference.ts'
import { labels } from './samples.ts'

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/** The folder of the contract, which is offered for download with what belongs to it. */
const spec = dirname(require.resolve('@image-install-queue/spec/openapi.yaml'))

/** Writes the documentation of a contract: a folder for any static host. The YAML offered beside it is that of `spec`. */
export async function build(document: Document, out: string): Promise<void> {
  const json = JSON.stringify(document)
  // The contract's texts link to its sources, which are a page here.
  const shown = JSON.parse(json.replaceAll('](SOURCES.md)', '](sources.html)')) as Document
  const redoc = renderRedoc(decorate(shown))
  const { title, summary = title } = document.info
  const markdown = reference(shown)
  const body = plainBody(markdown)
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'openapi.json'), json)
  writeFileSync(join(out, 'reference.md'), markdown)
  writeFileSync(join(out, 'reference.html'), plainPage(title, body))
  for (const file of ['openapi.yaml', 'SOURCES.md', 'workflows.arazzo.yaml']) cpSync(join(spec, file), join(out, file))
  const sources = readFileSync(join(spec, 'SOURCES.md'), 'utf8')
  writeFileSync(join(out, 'sources.html'), plainPage(`Sources: ${title}`, plainBody(sources)))
  writeFileSync(join(out, 'index.html'), redocPage(await redoc, body, title, summary))
}

const options = {
  codeSamples: { languages: labels.map((label) => ({ lang: label, label })) },
  jsonSamplesExpandLevel: 'all',
}

/**
 * Runs Redocly's command line in this folder, whose configuration keeps it and its pages from reporting anything. React
 * renders a sixth faster when it need not look for mistakes.
 */
async function renderRedoc(document: object): Promise<string> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'redoc-'))
  const input = join(folder.path, 'openapi.json')
  const output = join(folder.path, 'index.html')
  writeFileSync(input, JSON.stringify(document))
  const cli = join(require.resolve('@redocly/cli/package.json'), '../bin/cli.js')
  const template = join(root, 'page/template.hbs')
  const command = ['build-docs', input, '--output', output, '--inlineBundle', '--template', template]
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [cli, ...command, '--openapi', JSON.stringify(options)], {
    cwd: root,
    env: { ...process.env, ...quiet },
  })
  return readFileSync(output, 'utf8')
}

if (import.meta.main) {
  // Written by the build of `spec`, which has validated it; reading the YAML again would take half as long as all the rest.
  const json = readFileSync(require.resolve('@image-install-queue/spec/openapi.json'), 'utf8')
  await build(JSON.parse(json) as Document, join(root, 'dist'))
}
