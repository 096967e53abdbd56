import { execFile, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { usage } from '../src/command/args.ts'
import { parseFault } from '../src/fault.ts'
import { createMock } from '../src/index.ts'
import { problems } from '../src/message.ts'
import { ask } from './support.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
/** The part of the README under a heading, up to the next heading. */
const section = (title: string) => readme.split(/^#+ /m).find((part) => part.startsWith(`${title}\n`)) ?? ''
/** The first block of code under a heading. Comments in it look like headings. */
const block = (title: string, language: string) =>
  new RegExp(`^#+ ${title}\\n.*?^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(readme)?.[1] ?? ''

describe('the reference', () => {
  test.each(Object.entries(problems))('lists the problem %s', (name, { status }) => {
    expect(readme).toContain(`| \`${name}\` | ${status} |`)
  })

  test('shows the response to its invalid request', async () => {
    const [, target = '', sample = ''] = /`GET (\S+1e3\S+)`:\n\n```json\n(.*?)```/s.exec(readme) ?? []
    expect(JSON.parse(sample)).toEqual((await ask(target)).json)
  })

  test('lists every flag', () => {
    for (const [flag] of usage.matchAll(/--[a-z-]+/g)) expect(readme).toContain(`\`${flag}`)
  })

  test('lists the control paths', async () => {
    const { json } = await ask('/__mock')
    for (const each of json.paths) {
      const [, methods = '', path] = /^(.*) (\S+)$/.exec(each) ?? []
      for (const method of methods.split(', ')) expect(section('Control paths')).toContain(`| \`${method} ${path}\``)
    }
  })

  test('lists faults that exist', () => {
    const faults = [...section('Fault injection').matchAll(/^\| `([^|]*)` \|/gm)].flatMap(([, cell = '']) =>
      cell.split('`, `'),
    )
    expect(faults.slice(1)).toHaveLength(7)
    for (const fault of faults.slice(1)) expect(parseFault(fault)).toBeDefined()
  })

  test('names tests that exist', () => {
    const tests = new Set(readdirSync(join(root, 'test')))
    for (const [, file = ''] of readme.matchAll(/`([a-z-]+\.test\.ts)`/g)) expect(tests).toContain(file)
  })
})

describe('the scripts', () => {
  let folder: string
  let env: NodeJS.ProcessEnv
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mock-readme-'))
    mkdirSync(join(folder, 'node_modules/@image-install-queue'), { recursive: true })
    symlinkSync(root, join(folder, 'node_modules/@image-install-queue/mock'))
    // Replaces npm: `npm install` does nothing, and `npm test` runs the tests below.
    writeFileSync(join(folder, 'npm'), '#!/bin/sh\n[ "$1" = install ] || exec node tests.mjs\n', { mode: 0o755 })
    writeFileSync(
      join(folder, 'tests.mjs'),
      `const { CLANFORGE_BASE_URL: url, CLANFORGE_ACCESS_KEY: user, CLANFORGE_SECRET_KEY: password } = process.env
      const get = async (path) => {
        const headers = { authorization: 'Basic ' + btoa(user + ':' + password) }
        const { status } = await fetch(url + '/cfp/v1/imageinstall/' + path, { headers })
        return status
      }
      const statuses = []
      for (let i = 0; i < 3; i++) statuses.push(await get('status?accountserviceid=5678'))
      statuses.push(await get('1003/queue?accountserviceid=5678&mirroring=true'))
      console.log('statuses: ' + statuses)`,
    )
    env = { ...process.env, PATH: `${folder}:${dirname(process.execPath)}:${process.env.PATH}` }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const runScript = async (shell: string, script: string) => {
    // As left by a mock that was killed.
    writeFileSync(join(folder, 'mock.url'), 'http://127.0.0.1:1')
    const { stdout } = await promisify(execFile)(shell, ['-e', '-c', script], { cwd: folder, env })
    // The mock removes the file when it ends.
    await expect.poll(() => existsSync(join(folder, 'mock.url'))).toBe(false)
    return stdout
  }

  test('the shell script starts, waits, fails, tests, verifies, resets and stops', async () => {
    const stdout = await runScript('sh', block('In a script', 'sh'))
    expect(stdout).toContain('statuses: 502,502,200,200')
    expect(stdout).toContain('"parameters":{"jobid":1003,"accountserviceid":5678,"mirroring":true}')
    expect(stdout).toMatch(/{"status":"reset"}$/)
  })

  test('the CI step starts, waits, tests, verifies and stops', async () => {
    const [, step = ''] = /run: \|\n(.*)/s.exec(block('In CI', 'yaml')) ?? []
    const stdout = await runScript('bash', step.replace(/^ {4}/gm, ''))
    expect(stdout).toContain('statuses: 200,200,200,200')
    expect(stdout).toContain('"mirroring":true')
  })

  const hasPython = spawnSync('python3', ['--version']).status === 0

  test.runIf(hasPython)('the Python tests start their own mock and pass', async () => {
    writeFileSync(join(folder, 'test_queue.py'), block('In Python', 'python'))
    const { stderr } = await promisify(execFile)('python3', ['-m', 'unittest', 'test_queue'], { cwd: folder, env })
    expect(stderr).toMatch(/Ran 2 tests[\s\S]*OK/)
  })

  test.runIf(hasPython)('the Python tests pass in parallel with others on one mock', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const names = ['a', 'b', 'c']
    const runs = names.map(async (name) => {
      writeFileSync(join(folder, `test_${name}.py`), block('In Python', 'python'))
      const args = ['-m', 'unittest', `test_${name}`]
      return promisify(execFile)('python3', args, { cwd: folder, env: { ...env, MOCK_URL: url } })
    })
    for (const { stderr } of await Promise.all(runs)) expect(stderr).toMatch(/Ran 2 tests[\s\S]*OK/)
    expect(mock.requests).toEqual([])
  })
})
