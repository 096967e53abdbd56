import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Document } from '@image-install-queue/contract'
import { decorate } from './decorate.ts'
import { labels } from './samples.ts'

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

export interface Build {
  /** The contract, read and valid. */
  readonly document: Document
  /** The file that it was read from, for download. */
  readonly yaml: string
  /** Folder that is written to. */
  readonly out: string
}

/** Where things are in this repository. */
export const places = {
  yaml: require.resolve('@image-install-queue/spec/openapi.yaml'),
  out: join(root, 'dist'),
}

/** Writes the documentation: a folder that can be put on any static host. */
export async function build({ document, yaml, out }: Build): Promise<void> {
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
  cpSync(yaml, join(out, 'openapi.yaml'))
  writeFileSync(join(out, 'openapi.json'), JSON.stringify(document))
  writeFileSync(join(out, 'reference.md'), markdown)
  writeFileSync(join(out, 'reference.html'), plainPage(title, body))
  const sources = join(dirname(yaml), 'SOURCES.md')
  if (existsSync(sources)) {
    const text = readFileSync(sources, 'utf8')
    writeFileSync(join(out, 'SOURCES.md'), text)
    writeFileSync(join(out, 'sources.html'), plainPage(`Sources: ${title}`, plainBody(text)))
  }
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
  const built = build({ ...places, document: JSON.parse(json) as Document })
  // Redoc, which takes longest, has started; all the rest makes way for it.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  await built
}
