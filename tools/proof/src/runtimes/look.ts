import { startMock } from '../packed/start-mock.ts'
import { misdirectedJob, startCountingServer } from './counting-server.ts'
import type { Facts } from './expected.ts'
import type { Runtime } from './runtimes.ts'

/** Runs the probe in one runtime against the packed mock on `node`. */
export async function look(project: string, runtime: Runtime, node: string): Promise<Facts> {
  const mock = await startMock(project, node)
  const counter = await startCountingServer(mock.url)
  const gone = await startCountingServer(mock.url)
  gone.close()
  try {
    const printed = await runtime.probe(project, {
      mock: mock.url,
      counter: counter.url,
      refused: gone.url,
      misdirectedJob,
    })
    const arrivals = (path: RegExp, calls = 3) => mostArrivals(counter.arrivals, path, calls)
    return {
      ...JSON.parse(printed),
      'arrivals of a call': arrivals(/[/]100\d[/]queue$/),
      'arrivals after 421': arrivals(new RegExp(`/${misdirectedJob}/queue$`), 1),
      'arrivals of a bare fetch': arrivals(/^[/]bare[/]/),
    }
  } finally {
    counter.close()
    mock.stop()
  }
}

function mostArrivals(arrivals: ReadonlyMap<string, number>, path: RegExp, calls: number): number {
  const counts = [...arrivals].flatMap(([name, count]) => (path.test(name) ? [count] : []))
  if (counts.length !== calls) throw new Error(`of ${calls} different calls to ${path}, ${counts.length} arrived`)
  return Math.max(...counts)
}
