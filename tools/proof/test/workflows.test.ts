import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'

interface Job {
  readonly needs?: string
  readonly environment?: string | { readonly name: string }
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[]
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const root = join(import.meta.dirname, '../../..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const workflows = globSync('.github/workflows/*.yml', { cwd: root }).map((file) => ({
  file,
  source: text(file),
  ...(parseYaml(text(file)) as Workflow),
}))

describe.each(workflows)('$file', ({ source, permissions, jobs }) => {
  it('pins every action by commit and names its version', () => {
    const used = [...source.matchAll(/uses: (.*)/g)].map(([, action = '']) => action)
    expect(used.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  it('can only read the repository unless a job requests more', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(permissions)
  })

  it('uses no stored secret', () => {
    expect(source).not.toContain('secrets.')
  })

  it('runs scripts that exist', () => {
    const { scripts } = JSON.parse(text('package.json'))
    const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run))
    const names = [...commands.join('\n').matchAll(/^(?:npx -y )?pnpm(?:@12)? ([\w:]+)/gm)].map(([, name = '']) => name)
    expect(names.filter((name) => name !== 'install' && !(name in scripts))).toEqual([])
  })
})

describe('the release workflow', () => {
  const jobs = workflows.find(({ file }) => file.endsWith('release.yml'))?.jobs ?? {}

  it('publishes only after an approval, and only what was tested and packed', () => {
    expect(jobs.publish).toMatchObject({ needs: 'pack', environment: 'npm' })
    const commands = (job?: Job) => job?.steps.flatMap(({ run }) => run ?? [])
    expect(commands(jobs.pack)).toEqual([
      'bash .ci/run',
      'npx -y pnpm@12 release:pack',
      'npx -y pnpm@12 release:publish --dry-run',
    ])
    // Nothing is installed where the identity of the workflow can be used.
    expect(commands(jobs.publish)).toEqual(['node tools/proof/src/release/publish.ts'])
  })

  it('gives its identity only to the jobs that upload', () => {
    const withIdentity = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'])
    expect(withIdentity.map(([name]) => name)).toEqual(['publish', 'docs'])
    expect(withIdentity.filter(([, { environment }]) => environment === undefined)).toEqual([])
  })
})
