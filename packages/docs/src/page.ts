import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plain } from './markdown.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, '../page', name), 'utf8')
const favicon = `data:image/svg+xml,${encodeURIComponent(read('favicon.svg').trim())}`
const plainStyle = `<style>\n${read('reference.css')}${read('shared.css')}</style>`

/** One file: scripts run by their hash alone, and nothing may be fetched from anywhere. */
function wholePage(title: string, head: string, body: string): string {
  const scripts = `${head}${body}`.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)
  const hashes = [...scripts].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ') || "'none'"}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<title>${plain(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${favicon}">
${head}
</head>
<body>
${body}
</body>
</html>
`
}

/** A page that needs no JavaScript. */
export const plainPage = (title: string, body: string) => wholePage(title, plainStyle, `<main>\n${body}</main>`)

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
 * The page that Redoc draws, from what `template.hbs` made of it; what readers without JavaScript get stands in it.
 *
 * @throws {Error} when Redoc's output is not what this was written for
 */
export function redocPage(redoc: string, body: string, title: string, summary: string): string {
  if (!redoc.includes('"disableTelemetry":true')) throw new Error('Redoc would report the visits of its readers.')
  const gone = [...hooks()].filter((hook) => !redoc.includes(hook))
  if (gone.length > 0)
    throw new Error(`Redoc's page has no ${gone.join(', ')} any more: see page/theme.css and page/page.js.`)
  const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g
  const [head = '', drawn = ''] = redoc.replace(logo, favicon).split('<!--docs:body-->')
  return wholePage(
    title,
    `<meta name="description" content="${plain(summary).replaceAll('"', '&quot;')}">
<link rel="alternate" type="text/markdown" href="reference.md">
${head}<style>\n${read('theme.css')}${read('shared.css')}</style>`,
    `${drawn}<script>\n${read('page.js')}</script>
<noscript>${plainStyle}\n<main>\n${body}</main></noscript>`,
  )
}
