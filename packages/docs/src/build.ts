import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { decorate } from './decorate.ts'
import { finishPage, pageFolder, referenceBody, referencePage } from './page.ts'
import { reference } from './reference.ts'
import { labels, readSamples } from './samples.ts'

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

export interface Build {
  /** The contract, as it is offered for download. */
  readonly yaml: string
  /** The same contract as JSON. */
  readonly json: string
  /** Folder with a folder of samples for each operation. */
  readonly samples: string
  /** Folder that is written to. */
  readonly out: string
}

/** The contract of this repository, into `dist/`. */
export const ownBuild: Build = {
  yaml: require.resolve('@image-install-queue/spec/openapi.yaml'),
  json: require.resolve('@image-install-queue/spec/openapi.json'),
  samples: join(root, 'samples'),
  out: join(root, 'dist'),
}

/** Writes the documentation: a folder that can be put on any static host. */
export async function build({ yaml, json, samples, out }: Build): Promise<void> {
  // The file was written by `generate`, which has validated it.
  const document = JSON.parse(readFileSync(json, 'utf8')) as Oas3_1Definition
  const samplesOf = (operationId: string) => readSamples(samples, operationId)
  const redoc = renderRedoc(decorate(document, samplesOf))
  // Written while Redoc renders in its own process.
  const markdown = reference(document, samplesOf)
  const body = referenceBody(markdown)
  mkdirSync(out, { recursive: true })
  cpSync(yaml, join(out, 'openapi.yaml'))
  cpSync(json, join(out, 'openapi.json'))
  writeFileSync(join(out, 'reference.md'), markdown)
  writeFileSync(join(out, 'reference.html'), referencePage(document.info?.title ?? '', body))
  writeFileSync(join(out, 'index.html'), finishPage(await redoc, body))
}

const options = {
  codeSamples: { languages: labels.map((label) => ({ lang: label, label })) },
}

async function renderRedoc(document: Oas3_1Definition): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'redoc-'))
  try {
    const input = join(folder, 'openapi.json')
    const output = join(folder, 'index.html')
    writeFileSync(input, JSON.stringify(document))
    const command = [
      join(require.resolve('@redocly/cli/package.json'), '../bin/cli.js'),
      ...['build-docs', input, '--output', output, '--inlineBundle'],
      ...['--template', join(pageFolder, 'template.hbs'), '--openapi', JSON.stringify(options)],
    ]
    await promisify(execFile)(process.execPath, command, {
      cwd: root,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    })
    return readFileSync(output, 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (import.meta.main) await build(ownBuild)
