import { authentication } from './authentication.ts'
import { type Context, headings } from './context.ts'
import { errorSection } from './errors.ts'
import type { Section } from './introduction.ts'
import { codeSpan, paragraphs } from './markdown.ts'
import { scenarioSection } from './scenarios.ts'

/**
 * What stands around the calls, in the order of both forms of the page. The first two sections of the contract's text,
 * which are for the first minute, come before the calls; its third comes after what belongs to every call.
 */
export function aroundCalls(context: Context): { before: readonly Section[]; after: readonly Section[] } {
  const [first, second, third, ...rest] = context.sections
  const after = [
    { name: headings.errors, text: errorSection(context) },
    { name: headings.authentication, text: authentication(context) },
    third,
    { name: headings.scenarios, text: scenarioSection(context) },
    ...rest,
  ]
  const written = (all: readonly (Section | undefined)[]) => all.flatMap((one) => (one?.text.trim() ? [one] : []))
  return { before: written([first, second]), after: written(after) }
}

/** The calls by their tags, with what each tag says. */
export function callList({ document, calls }: Context): string {
  const lines = (tag: string | undefined) =>
    calls
      .filter(({ node }) => node.tags?.[0] === tag)
      .map(
        ({ method, path, address, heading }) =>
          `- **${method.toUpperCase()}** [${codeSpan(path)}](${address}) ${heading}`,
      )
      .join('\n')
  const groups = (document.tags ?? []).map(({ name, description }) =>
    paragraphs(description && `**${name}.** ${description.trim()}`, lines(name)),
  )
  return paragraphs(lines(undefined), ...groups)
}
