import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

/** The ID of a job for which the counting server returns 421. */
export const misdirectedJob = 4210
const misdirected =
  'HTTP/1.1 421 Misdirected Request\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

/**
 * Starts a proxy in front of the mock that counts the requests to each path. It drops a connection when a second request
 * arrives on it, and returns 421 for the job {@link misdirectedJob}.
 */
export async function startCountingServer(mock: string) {
  const arrivals = new Map<string, number>()
  const server = createServer((socket) => {
    const onward = connect(Number(new URL(mock).port), '127.0.0.1')
    let used = false
    socket.on('data', (bytes) => {
      // A request this small arrives in one piece. A browser's CORS preflight is not a GET, so it is not counted.
      const [, path] = /^GET ([^ ?]+)/.exec(bytes.toString('latin1')) ?? []
      if (path) arrivals.set(path, (arrivals.get(path) ?? 0) + 1)
      if (path?.includes(`/${misdirectedJob}/`)) return void socket.end(misdirected)
      if (path && used) return void socket.destroy()
      used ||= path !== undefined
      onward.write(bytes)
    })
    onward.pipe(socket)
    socket.on('error', () => {}).on('close', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // A listening TCP server has an AddressInfo.
  return { url: `http://127.0.0.1:${port}`, arrivals, close: () => void server.close() }
}
