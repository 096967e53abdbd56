import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readContract } from '@image-install-queue/contract/old/index'
import { beforeAll, describe, expect, it } from 'vitest'
import { build } from '../src/build.ts'
import { decorate } from '../src/decorate.ts'
import { reference } from '../src/reference.ts'
import { inBrowser } from './browser.ts'
import { temporaryFolder } from './temporary-folder.ts'

const yaml = join(import.meta.dirname, 'fixtures/library.yaml')
const out = temporaryFolder()
const { document } = await readContract(yaml)
const text = reference(document, () => [])

beforeAll(() => build({ document, yaml, samples: join(out, 'none'), out }))

describe('the plain reference of another contract', () => {
  it('has a section for each call, with or without summary and operationId', () => {
    expect(text).toContain('## listLoans')
    expect(text).toContain('## Lend an item')
    expect(text).toContain('## deleteLoansId')
  })

  it('says by the verb whether a call changes state, and how to authenticate', () => {
    expect(text).toContain('| `listLoans` | no | `key` |')
    expect(text).toContain('| `lend` | yes | none |')
    expect(text).toContain('- **`key`**, header `X-Key`.')
  })

  it('describes a parameter of the path item, an enum, limits and a pattern that holds a bar', () => {
    expect(text).toContain('| `branch` in header | string | optional | One of: `north`, `south`. |')
    expect(text).toContain('| `id` in path | string, minLength `2`, pattern `^[a-z\\|]+$` | required |')
  })

  it('describes request body, arrays, inline objects, any value and an answer without a body', () => {
    expect(text).toMatch(/### Request body\n\nWhat to lend\.\n\n.*\[Item\]\(#schema-item\)/)
    expect(text).toContain('| `[].book` | [Item](#schema-item) | required |')
    expect(text).toContain('| `[].reader.name` | string | optional |')
    expect(text).toContain('| `[].anything` | any | optional |')
    expect(text).toContain('| 204 | Lent. | none |')
  })

  it('describes the headers of a response', () => {
    expect(text).toContain('| `X-Total` | integer | optional | How many there are. |')
  })

  it('tells alternatives apart by discriminator, by constant and by what only one requires', () => {
    expect(text).toContain('| `kind` | always `book` | always `disc` |')
    expect(text).toContain('| `reason` | always there | – |')
    expect(text).toContain('| `broken` | – | always `true` |')
  })

  it('pairs a body with its answer, and names the answers that nothing chooses', () => {
    expect(text).toContain('| `novel` | body `{"kind":"book","pages":300}` |  | 201 |')
  })
})

describe('the document for Redoc', () => {
  const decorated = decorate(document, () => [])

  it('leaves the contract itself alone', async () => {
    expect(document).toEqual((await readContract(yaml)).document)
    expect(decorated).not.toEqual(document)
  })

  it('tells the shapes of a shared response once, though several calls refer to it', () => {
    const problem = decorated.components?.responses?.Problem
    expect(JSON.stringify(problem).match(/`reason`/g)).toHaveLength(1)
  })

  it('tells what each tag says, since the calls lose their tags', () => {
    expect(decorated.tags).toContainEqual({ name: 'Loans', description: 'Who has what.', 'x-traitTag': true })
  })
})

inBrowser('the page of another contract', (open) => {
  it('shows every call when it opens, and escapes the title', async () => {
    const page = await open({ url: pathToFileURL(join(out, 'index.html')).href, ready: 'Lend an item' })
    await page.locator('main li', { hasText: '/loans/{id}' }).waitFor()
    expect(await page.title()).toBe('Library <lending>')
    await page.locator('main h2', { hasText: 'Lend an item' }).waitFor()
  })

  it('has a plain form that needs no JavaScript', async () => {
    expect(readFileSync(join(out, 'reference.html'), 'utf8')).toContain('<title>Library &lt;lending></title>')
    const page = await open({ url: pathToFileURL(join(out, 'reference.html')).href, javaScriptEnabled: false })
    expect(await page.locator('h1').innerText()).toBe('Library <lending> 2.0.0')
  })
})
