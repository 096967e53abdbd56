import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { garden } from './support.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validate-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const wrong = garden
  .replace('title: Garden', 'title: Garden\n  termsOfService: https://garden.example')
  .replace('value: { kind: rose, height: 1 }', 'value: { $ref: ./bait }')
  .replace('    Height: {', '    Weed: { $ref: ./bait }\n    Height: {')

describe('a contract outside the profile', () => {
  it('is rejected by a command that prints every place and writes nothing', () => {
    writeFileSync(join(folder, 'openapi.yaml'), wrong)
    const command = join(import.meta.dirname, '../../src/cli.ts')
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'validate'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stderr.split('\n')).toEqual([
      'openapi.yaml:4:3: "termsOfService" is outside the profile: write it into the description. See spec/README.md#profile',
      'openapi.yaml:53:42: "$ref" is outside the profile: this is data and cannot refer to anything. See spec/README.md#profile',
      'openapi.yaml:89:19: "$ref": "./bait" is outside the profile: write #/components/schemas/<Name>. See spec/README.md#profile',
      '',
    ])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(readdirSync(folder)).toEqual(['openapi.yaml'])
  })
})
