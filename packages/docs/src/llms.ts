import type { Documentation } from './context.ts'
import { slug } from './markdown.ts'

/** An index of the documentation for language models, as https://llmstxt.org describes it. */
export function llmsTxt({ document, calls }: Documentation): string {
  const { title, summary = title } = document.info
  const links = calls.map(
    ({ title, method, path }) => `- [${title}](reference.md#${slug(title)}): ${method.toUpperCase()} ${path}`,
  )
  return `# ${title}

> ${summary}

## Calls

${links.join('\n')}

## Files

- [The whole reference as Markdown](reference.md)
- [The contract (OpenAPI 3.1)](openapi.yaml)
- [A rollout as a workflow (Arazzo)](workflows.arazzo.yaml)
- [Where each statement of the contract comes from](SOURCES.md)
`
}
