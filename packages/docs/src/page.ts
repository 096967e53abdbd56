import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plain } from './markdown.ts'

const pageFolder = join(import.meta.dirname, '../page')

/** Scripts run by their hash alone; nothing may be fetched from anywhere. */
const policy = (scripts: readonly string[]) =>
  [
    "default-src 'none'",
    `script-src ${scripts.map((script) => `'sha256-${hash(script)}'`).join(' ') || "'none'"}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

function hash(script: string): string {
  return createHash('sha256').update(script).digest('base64')
}

/** A page that needs no JavaScript. */
export function plainPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy([])}">
<title>${plain(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="${favicon()}">
<style>
${plainStyle()}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`
}

/**
 * What the style sheet and the script take hold of in Redoc's page: attributes and their values, and classes of several
 * words, which are Redoc's. Where one is gone, what they mend would be broken without a word.
 */
function hooks(): ReadonlySet<string> {
  const selectors = `${read('theme.css')}${read('page.js')}`.matchAll(
    /\[(data-[\w-]+)(?:="([\w/-]+)")?|\.([a-z]+-[a-z-]+)/g,
  )
  return new Set([...selectors].flatMap(([, ...names]) => names.filter((name) => name !== undefined)))
}

/**
 * Makes Redoc's page the one that is published: nothing is fetched, scripts are allowed by hash, and what readers without
 * JavaScript get stands in it.
 *
 * @throws {Error} when Redoc's output is not what this was written for
 */
export function finishPage(redoc: string, body: string, summary: string): string {
  if (!redoc.includes('"disableTelemetry":true')) throw new Error('Redoc would report the visits of its readers.')
  const gone = [...hooks()].filter((hook) => !redoc.includes(hook))
  if (gone.length > 0)
    throw new Error(`Redoc's page has no ${gone.join(', ')} any more: see page/theme.css and page/page.js.`)
  const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g
  const page = redoc
    .replace(logo, favicon)
    .replace('docs:favicon', favicon)
    .replace('docs:summary', () => plain(summary).replaceAll('"', '&quot;'))
    .replace('/*docs:theme*/', () => `\n${read('theme.css')}${read('chips.css')}`)
    .replace('/*docs:script*/', () => `\n${read('page.js')}`)
    .replace('<!--docs:reference-->', () => `<style>\n${plainStyle()}</style>\n<main>\n${body}</main>`)
  const closed = page.split('</script>').slice(0, -1)
  const scripts = closed.map((text) => text.replace(/^[\s\S]*?<script\b[^>]*>/, ''))
  return page.replace('docs:policy', policy(scripts))
}

function plainStyle(): string {
  return read('reference.css') + read('chips.css')
}

function favicon(): string {
  return `data:image/svg+xml,${encodeURIComponent(read('favicon.svg').trim())}`
}

function read(name: string): string {
  return readFileSync(join(pageFolder, name), 'utf8')
}
