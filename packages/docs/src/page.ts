import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getDefaults, Lexer, Marked, type Token, Tokenizer, type Tokens } from 'marked'
import { plain, slug } from './markdown.ts'

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

/** The reference as the body of a page: every heading can be linked to, wide tables scroll by themselves. */
export function referenceBody(markdown: string): string {
  const seen = new Map<string, number>()
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = slug(text)
        const count = seen.get(id) ?? 0
        seen.set(id, count + 1)
        return `<h${depth} id="${count ? `${id}-${count}` : id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
    },
    hooks: {
      provideLexer: () => lexOnce,
      postprocess: (html) => html.replace(/<table>|<\/table>|<pre>/g, (tag) => wrapped[tag] ?? tag),
    },
  })
  return marked.parse(markdown, { async: false })
}

const wrapped: Readonly<Record<string, string>> = {
  '<table>': '<div class="wide" tabindex="0"><table>',
  '</table>': '</table></div>',
  '<pre>': '<pre tabindex="0">',
}

/** A long contract says the same in many places: reading each table and each text but once halves the time. */
function lexOnce(markdown: string): Token[] {
  const tables = new Map<string, Tokens.Table | undefined>()
  const texts = new Map<string, Token[]>()
  const tokenizer = new Tokenizer()
  const lexer = new Lexer({ ...getDefaults(), tokenizer })
  tokenizer.table = (src) => {
    const [raw = ''] = tokenizer.rules.block.table.exec(src) ?? []
    if (raw && !tables.has(raw)) tables.set(raw, Tokenizer.prototype.table.call(tokenizer, src))
    return tables.get(raw)
  }
  lexer.inline = (src, tokens = []) => {
    if (!texts.has(src)) {
      texts.set(src, tokens)
      lexer.inlineQueue.push({ src, tokens })
    }
    return texts.get(src) ?? tokens
  }
  return lexer.lex(markdown)
}

/** A page that needs no JavaScript. */
export function referencePage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy([])}">
<title>${plain(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="${favicon()}">
<style>
${read('reference.css')}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`
}

/**
 * Makes Redoc's page the one that is published: nothing is fetched, scripts are allowed by hash, and what readers without
 * JavaScript get stands in it.
 *
 * @throws {Error} when Redoc's output is not what this was written for
 */
export function finishPage(redoc: string, body: string): string {
  if (!redoc.includes('"disableTelemetry":true')) throw new Error('Redoc would report the visits of its readers.')
  const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g
  const page = redoc
    .replace(logo, favicon)
    .replace('docs:favicon', favicon)
    .replace('/*docs:theme*/', () => `\n${read('theme.css')}`)
    .replace('/*docs:script*/', () => `\n${read('page.js')}`)
    .replace('<!--docs:reference-->', () => `<style>\n${read('reference.css')}</style>\n<main>\n${body}</main>`)
  const closed = page.split('</script>').slice(0, -1)
  const scripts = closed.map((text) => text.replace(/^[\s\S]*?<script\b[^>]*>/, ''))
  return page.replace('docs:policy', policy(scripts))
}

function favicon(): string {
  return `data:image/svg+xml,${encodeURIComponent(read('favicon.svg').trim())}`
}

function read(name: string): string {
  return readFileSync(join(pageFolder, name), 'utf8')
}
