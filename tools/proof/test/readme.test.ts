import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const tool = join(import.meta.dirname, '..')
const root = join(tool, '../..')
const pages = globSync(['*.md', '{spec,packages/*}/*.md', '.changeset/README.md'], {
  cwd: root,
  exclude: ['**/CHANGELOG.md'],
})
  .toSorted()
  .map((page) => [page, readFileSync(join(root, page), 'utf8')] as const)

/** The TypeScript and JavaScript of a page, as it would be pasted into a file. */
function snippets(text: string): string[] {
  return [...text.matchAll(/^ *```(?:ts|js)\n([\s\S]*?)^ *```/gm)].map(([, code = '']) => code)
}

describe('the TypeScript in the pages', () => {
  // In this package's folder, so that imports resolve as for a user.
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tool, 'snippets-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('compiles unchanged', () => {
    const files = pages.flatMap(([page, text]) =>
      snippets(text).map((code, index) => {
        const file = join(folder, `${page.replaceAll('/', '-')}-${index + 1}.ts`)
        writeFileSync(file, `${code}\nexport {}\n`)
        return file
      }),
    )
    const withCode = new Set(files.map((file) => basename(file).replace(/-\d+\.ts$/, '')))
    expect([...withCode]).toEqual(
      expect.arrayContaining([
        'README.md',
        'packages-cli-README.md',
        'packages-client-README.md',
        'packages-mock-README.md',
      ]),
    )
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../tsconfig.json',
        compilerOptions: { noEmit: true, noUnusedLocals: false },
        include: ['*.ts'],
      }),
    )
    const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    })
    expect(tsc.stdout).toBe('')
    expect(tsc.status).toBe(0)
  })
})

describe.each(pages)('%s', (page, text) => {
  it('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target)
    const local = links.filter((target) => !/^[a-z]+:/.test(target))
    const missing = local.filter((target) => !existsSync(join(root, dirname(page), target)))
    expect(missing).toEqual([])
  })

  it('links only to headings that exist', () => {
    const anchors = [...text.matchAll(/\]\(([^)#\s]*)#([^)]+)\)/g)].filter(
      ([, target = '']) => !/^[a-z]+:/.test(target),
    )
    const missing = anchors.filter(([, target = '', anchor]) => {
      const file = target === '' ? join(root, page) : join(root, dirname(page), target)
      return !headings(readFileSync(file, 'utf8')).includes(anchor ?? '')
    })
    expect(missing.map(([link]) => link)).toEqual([])
  })
})

function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}
