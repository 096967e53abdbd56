import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { decorate } from './decorate.ts'
import { fewCalls } from './few-calls.ts'
import { labels, readSamples } from './samples.ts'

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

export interface Build {
  /** The contract, read and valid. */
  readonly document: Oas3_1Definition
  /** The file that it was read from, for download. */
  readonly yaml: string
  /** Folder with a folder of samples for each operation. */
  readonly samples: string
  /** Folder that is written to. */
  readonly out: string
}

/** Where things are in this repository. */
export const places = {
  yaml: require.resolve('@image-install-queue/spec/openapi.yaml'),
  samples: join(root, 'samples'),
  out: join(root, 'dist'),
}

/** Writes the documentation: a folder that can be put on any static host. */
export async function build({ document, yaml, samples, out }: Build): Promise<void> {
  const samplesOf = (operationId: string) => readSamples(samples, operationId)
  const redoc = renderRedoc(decorate(document, samplesOf))
  // Redoc renders in its own process; what the rest needs is loaded and made meanwhile.
  const { reference } = await import('./reference.ts')
  const { finishPage, referenceBody, referencePage } = await import('./page.ts')
  const markdown = reference(document, samplesOf)
  const body = referenceBody(markdown)
  const inPage = fewCalls(document) ? body : elsewhere
  mkdirSync(out, { recursive: true })
  cpSync(yaml, join(out, 'openapi.yaml'))
  // The contract's own text links to it.
  const sources = join(dirname(yaml), 'SOURCES.md')
  if (existsSync(sources)) cpSync(sources, join(out, 'SOURCES.md'))
  writeFileSync(join(out, 'openapi.json'), JSON.stringify(document))
  writeFileSync(join(out, 'reference.md'), markdown)
  writeFileSync(join(out, 'reference.html'), referencePage(document.info?.title ?? '', body))
  writeFileSync(join(out, 'index.html'), finishPage(await redoc, inPage))
}

/** All of a long contract would make the page twice as large. */
const elsewhere = '<p>The same without JavaScript: <a href="reference.html">plain page</a>.</p>\n'

const options = { codeSamples: { languages: labels.map((label) => ({ lang: label, label })) } }

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

async function renderRedoc(document: Oas3_1Definition): Promise<string> {
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
  const built = build({ ...places, document: JSON.parse(json) as Oas3_1Definition })
  // Redoc, which takes longest, has started; all the rest makes way for it.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  await built
}
