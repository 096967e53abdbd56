import { Marked, type Token, type Tokens } from 'marked'
import { namer } from './introduction.ts'
import { slug } from './markdown.ts'

/** Markdown as the body of a page: every heading can be linked to, wide tables scroll by themselves. */
export function plainBody(markdown: string): string {
  let ids: ReadonlyMap<Token, string> = new Map()
  const marked = new Marked({
    renderer: {
      heading(heading) {
        const { depth, tokens } = heading
        return `<h${depth} id="${ids.get(heading) ?? ''}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      // Each cell is named by its column, for screens so narrow that a row becomes a block.
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
        ids = identified(tokens)
        return tokens
      },
    },
  })
  return marked.parse(markdown, { async: false })
}

/** An id for each heading: sections first, since they are what is linked to. */
function identified(tokens: readonly Token[]): ReadonlyMap<Token, string> {
  const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'
  const headings = tokens.filter(isHeading).toSorted((a, b) => Math.max(a.depth, 2) - Math.max(b.depth, 2))
  const named = namer()
  return new Map(headings.map((heading) => [heading, slug(named(heading.text))]))
}
