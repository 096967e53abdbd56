import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Document } from '@image-install-queue/contract'
import { decorate } from './decorate.ts'
import { labels } from './samples.ts'

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/** The folder of the contract, which is offered for download with what belongs to it. */
const spec = dirname(require.resolve('@image-install-queue/spec/openapi.yaml'))

/** Writes the documentation of a contract: a folder that can be put on any static host. */
export async function build(document: Document, out: string): Promise<void> {
  // The contract's text links to its sources, which are a page here.
  const description = document.info.description?.replaceAll('](SOURCES.md)', '](sources.html)')
  const shown = { ...document, info: { ...document.info, ...(description && { description }) } }
  const redoc = renderRedoc(decorate(shown))
  // Redoc renders in its own process; what the rest needs is loaded and made meanwhile.
  const { reference } = await import('./reference.ts')
  const { finishPage, plainPage } = await import('./page.ts')
  const { plainBody } = await import('./plain-page.ts')
  const { title, summary = title } = document.info
  const markdown = reference(shown)
  const body = plainBody(markdown)
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'openapi.json'), JSON.stringify(document))
  writeFileSync(join(out, 'reference.md'), markdown)
  writeFileSync(join(out, 'reference.html'), plainPage(title, body))
  for (const file of ['openapi.yaml', 'SOURCES.md', 'workflows.arazzo.yaml']) cpSync(join(spec, file), join(out, file))
  const sources = readFileSync(join(spec, 'SOURCES.md'), 'utf8')
  writeFileSync(join(out, 'sources.html'), plainPage(`Sources: ${title}`, plainBody(sources)))
  writeFileSync(join(out, 'index.html'), finishPage(await redoc, body, summary))
}

const options = {
  codeSamples: { languages: labels.map((label) => ({ lang: label, label })) },
  jsonSamplesDepth: 'all',
}

/**
 * Runs Redocly's command line in this folder, whose configuration keeps it and its pages from reporting anything. React
 * renders a sixth faster when it need not look for mistakes.
 */
export function redocly(command: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const cli = join(require.resolve('@redocly/cli/package.json'), '../bin/cli.js')
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const env = { ...process.env, ...quiet, NODE_ENV: 'production' }
  return promisify(execFile)(process.execPath, [cli, ...command], { cwd: root, env })
}

async function renderRedoc(document: object): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'redoc-'))
  try {
    const input = join(folder, 'openapi.json')
    const output = join(folder, 'index.html')
    writeFileSync(input, JSON.stringify(document))
    await redocly([
      ...['build-docs', input, '--output', output, '--inlineBundle'],
      ...['--template', join(root, 'page/template.hbs'), '--openapi', JSON.stringify(options)],
    ])
    return readFileSync(output, 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (import.meta.main) {
  // Written by the build of `spec`, which has validated it; reading the YAML again would take half as long as all the rest.
  const json = readFileSync(require.resolve('@image-install-queue/spec/openapi.json'), 'utf8')
  const built = build(JSON.parse(json) as Document, join(root, 'dist'))
  // Redoc, which takes longest, has started; all the rest makes way for it.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  await built
}
