import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProject, packAll, run } from '../packed/install.ts'
import { startMock } from '../packed/start-mock.ts'
import { misdirectedJob, startCountingServer } from './counting-server.ts'
import { findRuntime, install, type Runtime, runtimeNames } from './runtimes.ts'

// `pnpm test:runtimes`: runs the packed client in every runtime, and the packed mock in every Node, and compares what they
// do with the snapshots in tools/proof/runtimes. `--update` writes the snapshots.
const project = mkdtempSync(join(tmpdir(), 'runtimes-'))

beforeAll(async () => {
  await run('pnpm', ['install', '--frozen-lockfile'], { cwd: install }).catch(rejectInCi)
  const { client, mock } = await packAll(project)
  await createProject(project, [client, mock])
  copyFileSync(join(import.meta.dirname, 'probe.js'), join(project, 'probe.js'))
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

test.for(runtimeNames)('%s gives the results of its snapshot', async (name, { skip }) => {
  const runtime = available(name)
  if (runtime === undefined) return skip(`${name} is not available`)
  const results = await probe(runtime, name.startsWith('node') ? runtime.binary : process.execPath)
  await expect(`${JSON.stringify(results, null, 2)}\n`).toMatchFileSnapshot(`../../runtimes/${name}.json`)
})

/** A developer's machine may lack a runtime. CI must have all of them. */
function rejectInCi(error: unknown): void {
  if (process.env.CI) throw error
  console.error(`${error}`)
}

function available(name: string): Runtime | undefined {
  try {
    return findRuntime(name)
  } catch (error) {
    rejectInCi(error)
    return undefined
  }
}

/** Runs the probe in one runtime, against the packed mock running on the Node binary `node`. */
async function probe(runtime: Runtime, node: string): Promise<object> {
  const mock = await startMock(project, node)
  const counter = await startCountingServer(mock.url)
  const closed = await startCountingServer(mock.url)
  closed.close()
  try {
    const printed = await runtime.probe(project, {
      mock: mock.url,
      counter: counter.url,
      refused: closed.url,
      misdirectedJob,
    })
    const received = (path: RegExp, calls = 3) => mostReceived(counter.arrivals, path, calls)
    return {
      ...JSON.parse(printed),
      'requests received per call': received(/[/]100\d[/]queue$/),
      'requests received per bare fetch': received(/^[/]bare[/]/),
      'requests received after a 421': received(new RegExp(`/${misdirectedJob}/queue$`), 1),
    }
  } finally {
    counter.close()
    mock.stop()
  }
}

/** The highest number of requests to one of the paths that match. */
function mostReceived(arrivals: ReadonlyMap<string, number>, path: RegExp, calls: number): number {
  const counts = [...arrivals].flatMap(([name, count]) => (path.test(name) ? [count] : []))
  expect(counts, `calls to ${path}`).toHaveLength(calls)
  return Math.max(...counts)
}
