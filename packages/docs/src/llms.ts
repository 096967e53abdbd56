import type { Documentation } from './context.ts'
import { link, paragraphs, slug } from './markdown.ts'

/** An index of the documentation for language models, as https://llmstxt.org describes it. */
export function llmsTxt({ document, sections }: Documentation): string {
  const { title, summary } = document.info
  const calls = sections.flatMap(({ call, title }) =>
    call ? [`- [${title}](reference.md#${slug(title)}): ${call.method.toUpperCase()} ${call.path}`] : [],
  )
  const files = [
    { url: 'reference.md', description: 'The whole reference as Markdown' },
    { url: 'openapi.yaml', description: 'The contract (OpenAPI 3.1)' },
    { url: 'workflows.arazzo.yaml', description: 'A rollout as a workflow (Arazzo)' },
    { url: 'SOURCES.md', description: 'Where each statement of the contract comes from' },
  ]
  return `${paragraphs(
    `# ${title}`,
    summary && `> ${summary}`,
    '## Calls',
    calls.join('\n'),
    '## Files',
    files.map((file) => `- ${link(file)}`).join('\n'),
  )}\n`
}
