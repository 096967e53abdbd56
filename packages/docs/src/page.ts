import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plain } from './markdown.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, '../page', name), 'utf8')
const favicon = `data:image/svg+xml,${encodeURIComponent(read('favicon.svg').trim())}`
const plainStyle = `<style>\n${read('reference.css')}${read('shared.css')}</style>`

/** Scripts run by their hash alone; nothing may be fetched from anywhere. */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ') || "'none'"}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
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
<link rel="icon" href="${favicon}">
${plainStyle}
</head>
<body>
<main>
${body}</main>
</body>
</html>
`
}

/**
 * What the style sheet and the script take hold of in Redoc's page: its `data-` attributes and their values, and classes
 * of several words, which are Redoc's. Where one is gone, what they mend would be broken without a word.
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
    .replace('/*docs:theme*/', () => `\n${read('theme.css')}${read('shared.css')}`)
    .replace('/*docs:script*/', () => `\n${read('page.js')}`)
    .replace('<!--docs:reference-->', () => `${plainStyle}\n<main>\n${body}</main>`)
  const closed = page.split('</script>').slice(0, -1)
  const scripts = closed.map((text) => text.replace(/^[\s\S]*?<script\b[^>]*>/, ''))
  return page.replace('docs:policy', policy(scripts))
}
