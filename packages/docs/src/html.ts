import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Marked, type Token, type Tokens } from 'marked'
import { createSlugger, escapeText, slug } from './markdown.ts'
import { labels } from './samples.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, '../page', name), 'utf8')
const favicon = `data:image/svg+xml,${encodeURIComponent(read('favicon.svg').trim())}`

/**
 * Markdown as HTML whose headings have ids and whose tables fit on a phone.
 *
 * @param addresses further addresses of headings, by id
 */
export function toHtml(markdown: string, addresses: ReadonlyMap<string, readonly string[]> = new Map()): string {
  let ids: ReadonlyMap<Token, string> = new Map()
  const marked = new Marked({
    renderer: {
      heading(heading) {
        const id = ids.get(heading) ?? ''
        const anchors = (addresses.get(id) ?? []).map((address) => `<a id="${address}"></a>`)
        const text = this.parser.parseInline(heading.tokens)
        return `<h${heading.depth} id="${id}">${anchors.join('')}${text}</h${heading.depth}>\n`
      },
      // On a phone a row becomes a block: each cell carries the name of its column.
      table({ header, rows }) {
        const names = header.map(({ tokens }) => this.parser.parseInline(tokens))
        const columns = names.map((name) => name.replace(/<[^>]*>/g, ''))
        const head = names.map((name) => `<th>${name}</th>`)
        const body = rows.map((cells) => {
          const named = cells.map(
            ({ tokens }, index) => `<td data-label="${columns[index]}">${this.parser.parseInline(tokens)}</td>`,
          )
          return `<tr>${named.join('')}</tr>\n`
        })
        const parts = `<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${body.join('')}</tbody>`
        return `<div class="wide" tabindex="0"><table>\n${parts}\n</table></div>\n`
      },
    },
    hooks: {
      processAllTokens(tokens) {
        ids = headingIds(tokens)
        return tokens
      },
    },
  })
  return marked.parse(markdown, { async: false })
}

/** An id for each heading. Sections choose first, because links lead to them. */
function headingIds(tokens: readonly Token[]): ReadonlyMap<Token, string> {
  const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'
  const headings = tokens.filter(isHeading).toSorted((a, b) => Math.max(a.depth, 2) - Math.max(b.depth, 2))
  const unique = createSlugger()
  return new Map(headings.map((heading) => [heading, slug(unique(heading.text))]))
}

/** A page without scripts. */
export const plainPage = (title: string, body: string): string =>
  wholePage(title, '', `<main id="reference">\n${body}</main>`)

export interface InteractivePage {
  readonly title: string
  readonly summary: string
  /** The plain reference. */
  readonly body: string
  /** The Markdown of each call, by the address of its section. */
  readonly calls: ReadonlyMap<string, string>
  /** The document that Redoc draws. */
  readonly redoc: object
}

/** Redoc, as Redocly's command line embeds it in its pages. */
const bundle = createRequire(import.meta.url).resolve('@redocly/cli/lib/chunks/redoc.standalone.js')

const redocOptions = {
  codeSamples: { languages: labels.map((label) => ({ lang: label, label })) },
  jsonSamplesExpandLevel: 'all',
  skipBundle: true,
  disableTelemetry: true,
}

/**
 * The plain reference, and after it everything that Redoc needs to replace it: `page.js` shows Redoc's root, which is
 * hidden, when Redoc has drawn it.
 */
export function interactivePage({ title, summary, body, calls, redoc }: InteractivePage): string {
  const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g
  const library = readFileSync(bundle, 'utf8').replace(logo, favicon)
  return wholePage(
    title,
    `<meta name="description" content="${escapeText(summary).replaceAll('"', '&quot;')}">
<link rel="alternate" type="text/markdown" href="reference.md">`,
    `<main id="reference">\n${body}</main>
<script type="application/json" id="markdown">${json(Object.fromEntries(calls))}</script>
<script>\n${read('page.js')}</script>
<div id="redoc" hidden></div>
<style media="not all">\n${read('redoc.css')}</style>
<script type="module">
${library}
hydrate(${json(redoc)}, ${json(redocOptions)}, document.getElementById('redoc'))
</script>`,
  )
}

/** JSON that does not end a script. */
const json = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

/** Scripts run by their hash only, and nothing can be requested. */
function wholePage(title: string, head: string, body: string): string {
  const scripts = body.matchAll(/<script(?: type="module")?>([\s\S]*?)<\/script>/g)
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
<title>${escapeText(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${favicon}">
${head}
<style data-form="plain">\n${read('reference.css')}</style>
<style data-form="both">\n${read('shared.css')}</style>
</head>
<body>
${body}
</body>
</html>
`
}
