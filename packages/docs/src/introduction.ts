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

/** Whether a text has a table that is headed `evidence`: it says what the words for it mean. */
export function hasLegend(markdown: string): boolean {
  return lexer(markdown).some((token) => token.type === 'table' && token.header[0].text === 'evidence')
}

/** Gives names that can each be linked to: one that is taken gets a number. */
export function namer(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    let free = name
    for (let count = 2; taken.has(slug(free)); count++) free = `${name} (${count})`
    taken.add(slug(free))
    return free
  }
}
