import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Operation, type ParameterNode, resolver, type Schema } from '@image-install-queue/contract'
import { describe, expect, it } from 'vitest'
import { toHtml } from '../../src/html.ts'
import { inBrowser, plain } from '../browser.ts'
import { dist, document, operations } from './contract.ts'

const resolve = resolver(document)
const { info, servers, tags, components, externalDocs } = document

/** The facts of the contract: descriptions as Markdown, values and names as they are. */
function facts(): string[] {
  const general = [info.title, info.summary, info.description, externalDocs?.description]
  const hosts = servers.flatMap(({ url, description }) => [url, description])
  const groups = (tags ?? []).map(({ description }) => description)
  const schemes = Object.entries(components?.securitySchemes ?? {}).flatMap(([name, { description }]) => [
    name,
    description,
  ])
  const all = [...general, ...hosts, ...groups, ...schemes, ...operations.flatMap(factsOfCall)]
  return [...new Set(all.filter((fact) => fact !== undefined))]
}

function factsOfCall({ node, operationId, path, parameters, requestBody, responses }: Operation) {
  const bodies = [requestBody, ...responses.values()].map((body) => body?.content?.['application/json'].schema)
  return [
    ...[node.summary, node.description, node.externalDocs?.description, operationId, path],
    ...parameters.flatMap(factsOfParameter),
    requestBody?.description,
    ...[...responses].flatMap(([status, { description, 'x-outcome': outcome }]) => [
      status,
      description,
      outcome?.advice,
    ]),
    ...bodies.flatMap((schema) => (schema ? factsOfSchema(schema) : [])),
  ]
}

const factsOfParameter = ({ name, description, schema }: ParameterNode) => [
  name,
  description,
  ...(schema.examples ?? []).map(String),
]

/** Keywords next to a reference override those of the component. */
function factsOfSchema(node: Schema): (string | undefined)[] {
  const { $ref, description, ...own } = node
  if ($ref !== undefined)
    return factsOfSchema({ ...resolve<Schema>({ $ref }), ...(description && { description }), ...own })
  const parts = [
    ...(own.allOf ?? []),
    ...(own.oneOf ?? []),
    ...(own.anyOf ?? []),
    own.items ?? [],
    own.additionalProperties ?? [],
  ].flat()
  return [
    description,
    ...(own['x-enum-varnames'] ?? []),
    ...(own['x-enum-descriptions'] ?? []),
    ...[own.minimum, own.maximum].filter((limit) => limit !== undefined).map(String),
    ...parts.flatMap(factsOfSchema),
    ...Object.entries(own.properties ?? {}).flatMap(([name, property]) => [name, ...factsOfSchema(property)]),
  ]
}

/** A text without spaces. */
const withoutSpaces = (text: string) => text.replace(/[\s\u00a0]+/g, '')

/** The blocks of a rendered text. */
const blocks = (markdown: string) =>
  toHtml(markdown)
    .replace(/<(?!\/?(a|code|strong|em)\b)[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .split(/\n(?=\n|$)|\n\n/)
    .map((block) => withoutSpaces(block).replace('SOURCES.md', ''))
    .filter((block) => block !== '')

const missing = (text: string) => {
  const read = withoutSpaces(text).replaceAll('SOURCES.md', '')
  return facts()
    .flatMap(blocks)
    .filter((block) => !read.includes(block))
}

const links = () =>
  [...JSON.stringify(document).matchAll(/"url":"(https:[^"]+)"|\]\((https?:[^)]+)\)/g)]
    .map(([, url, written]) => url ?? written ?? '')
    .filter((url) => !servers.some((server) => server.url === url))

inBrowser('every description, limit, example value and link of the contract', (open) => {
  it('is in the interactive view, when its tabs are opened one after the other', async () => {
    const page = await open({ url: join(dist, 'index.html') })
    const main = page.locator('#redoc main')
    let read = await main.innerText()
    const tabs = page.locator('[data-testid="middle-panel"] [role="tab"]')
    // The tabs of a body disappear when another status is chosen, so the last tab comes first.
    for (let index = (await tabs.count()) - 1; index >= 0; index--) {
      await tabs.nth(index).click()
      read += await main.innerText()
    }
    expect(missing(read)).toEqual([])
    const addresses = await main.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links().filter((url) => !addresses.includes(url))).toEqual([])
  })

  it('is in the plain reference', async () => {
    const page = await open({ url: join(dist, 'index.html'), ready: plain, javaScriptEnabled: false })
    const main = page.locator('#reference')
    expect(missing((await main.textContent()) ?? '')).toEqual([])
    const addresses = await main.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links().filter((url) => !addresses.includes(url))).toEqual([])
  })
})

describe('reference.md', () => {
  it('has all names, states and samples, and every example by its name', () => {
    const text = readFileSync(join(dist, 'reference.md'), 'utf8')
    const names = operations.flatMap(({ examples }) => examples.map(({ name }) => name))
    expect([...names, ...Object.keys(components?.schemas ?? {})].filter((name) => !text.includes(name))).toEqual([])
    expect(text).toContain("from '@image-install-queue/client'")
  })
})
