import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Marked, type Tokens } from 'marked'
import type { Documentation } from './context.ts'
import { escapeText, slug } from './markdown.ts'
import { redocDocument } from './redoc-document.ts'
import { sectionMarkdown } from './reference.ts'
import { labels } from './samples.ts'
import { schemaHeading } from './schemas.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, '../page', name), 'utf8')
const favicon = `data:image/svg+xml,${encodeURIComponent(read('favicon.svg').trim())}`

/**
 * Markdown as HTML whose headings have ids and whose tables fit on a phone.
 *
 * @param addresses further addresses of headings, by id
 */
export function toHtml(markdown: string, addresses: ReadonlyMap<string, readonly string[]> = new Map()): string {
  const columns = new Map<Tokens.TableCell, string>()
  const marked = new Marked({
    renderer: {
      heading({ tokens, text, depth }) {
        const content = this.parser.parseInline(tokens)
        // Links lead to sections and schemas. Other headings repeat.
        if (depth !== 2 && !text.startsWith(schemaHeading(''))) return `<h${depth}>${content}</h${depth}>\n`
        const id = slug(text)
        const anchors = (addresses.get(id) ?? []).map((address) => `<a id="${address}"></a>`)
        return `<h${depth} id="${id}">${anchors.join('')}${content}</h${depth}>\n`
      },
      // On a phone a row becomes a block: each cell carries the name of its column.
      table({ header, rows }) {
        const names = header.map(({ tokens }) => this.parser.parseInline(tokens).replace(/<[^>]*>/g, ''))
        for (const cells of rows) {
          for (const [index, cell] of cells.entries()) columns.set(cell, names[index] ?? '')
        }
        return false
      },
      tablecell(cell) {
        const content = this.parser.parseInline(cell.tokens)
        return cell.header ? `<th>${content}</th>` : `<td data-label="${columns.get(cell)}">${content}</td>`
      },
    },
  })
  return marked.parse(markdown, { async: false })
}

/** A page without scripts. */
export const plainPage = (title: string, body: string): string =>
  wholePage(title, '', `<main id="reference">\n${body}</main>`)

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
export function interactivePage(documentation: Documentation, body: string): string {
  const { document, sections } = documentation
  const { title, summary = title } = document.info
  const calls = sections.flatMap((section) =>
    section.call ? [[section.address, sectionMarkdown(section, documentation)]] : [],
  )
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
hydrate(${json(redocDocument(documentation))}, ${json(redocOptions)}, document.getElementById('redoc'))
</script>`,
  )
}

/** JSON that does not end a script. */
const json = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

/** Scripts run by their hash only, and nothing can be requested. */
function wholePage(title: string, head: string, body: string): string {
  const scripts = body.matchAll(/<script(?: type="module")?>([\s\S]*?)<\/script>/g)
  const hashes = [...scripts].map(([, script = '']) => `'sha256-${hash('sha256', script, 'base64')}'`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="
  default-src 'none'; script-src ${hashes.join(' ')}; style-src 'unsafe-inline'; img-src data:; font-src data:;
  base-uri 'none'; form-action 'none'">
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
