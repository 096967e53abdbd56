import { startMock } from '../packed/start-mock.ts'
import { misdirectedJob, startCountingServer } from './counting-server.ts'
import type { Runtime } from './runtimes.ts'
import type { Facts } from './snapshots.ts'

/** Runs the probe in one runtime, against the packed mock running on the Node binary `node`. */
export async function probeRuntime(project: string, runtime: Runtime, node: string): Promise<Facts> {
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
  if (counts.length !== calls)
    throw new Error(`${calls} calls to ${path} expected, the server received ${counts.length}`)
  return Math.max(...counts)
}
