import { Marked, type Token, type Tokens } from 'marked'
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
    },
    hooks: {
      processAllTokens(tokens) {
        ids = identified(tokens)
        return tokens
      },
      postprocess: (html) => labelled(html).replace(/<table>|<\/table>|<pre>/g, (tag) => wrapped[tag] ?? tag),
    },
  })
  return marked.parse(markdown, { async: false })
}

/** An id for each heading: sections first, since they are what is linked to. */
function identified(tokens: readonly Token[]): ReadonlyMap<Token, string> {
  const taken = new Set<string>()
  const ids = new Map<Token, string>()
  const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'
  const headings = tokens.filter(isHeading)
  for (const heading of headings.toSorted((a, b) => Math.max(a.depth, 2) - Math.max(b.depth, 2))) {
    const own = slug(heading.text)
    let id = own
    for (let count = 1; taken.has(id); count++) id = `${own}-${count}`
    taken.add(id)
    ids.set(heading, id)
  }
  return ids
}

/** Names each cell by its column, for screens so narrow that a row becomes a block. */
function labelled(html: string): string {
  return html.replace(/<table>[\s\S]*?<\/table>/g, (table) => {
    const names = [...table.matchAll(/<th>(.*?)<\/th>/g)].map(([, name = '']) => name.replace(/<[^>]*>/g, ''))
    let column = 0
    return table.replace(/<tr>|<td>/g, (tag) => {
      if (tag === '<tr>') column = 0
      return tag === '<tr>' ? tag : `<td data-column="${names[column++] ?? ''}">`
    })
  })
}

const wrapped: Readonly<Record<string, string>> = {
  '<table>': '<div class="wide" tabindex="0"><table>',
  '</table>': '</table></div>',
  '<pre>': '<pre tabindex="0">',
}
