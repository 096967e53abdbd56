import { lexer } from 'marked'
import { slug } from './markdown.ts'

/** A heading with the text below it. */
export interface Section {
  readonly name: string
  readonly text: string
}

/** The text before the first heading of the second level, and what stands below each. */
export function readSections(markdown: string): { introduction: string; sections: Section[] } {
  let introduction = ''
  const sections: { name: string; text: string }[] = []
  for (const token of lexer(markdown)) {
    const last = sections.at(-1)
    if (token.type === 'heading' && token.depth === 2) sections.push({ name: token.text, text: '' })
    else if (last) last.text += token.raw
    else introduction += token.raw
  }
  return { introduction, sections }
}

/** The name of the section with a table that is headed `evidence`: it says what the words for it mean. */
export function legendName(markdown: string): string | undefined {
  const { sections } = readSections(markdown)
  return sections.find(({ text }) =>
    lexer(text).some((token) => token.type === 'table' && token.header[0].text === 'evidence'),
  )?.name
}

/** Numbers those whose name is taken, so that each can be linked to. */
export function distinct<Named extends { readonly name: string }>(all: readonly Named[]): Named[] {
  const taken = new Set<string>()
  return all.map((named) => {
    let name = named.name
    for (let count = 2; taken.has(slug(name)); count++) name = `${named.name} (${count})`
    taken.add(slug(name))
    return { ...named, name }
  })
}
