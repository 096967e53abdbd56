import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// A server in its own process that returns one job, as fast as Node can. It sends its port to the parent process.
const body = JSON.stringify({ versionmirrorid: 91011, jobstatename: 'Queued' })
const headers = { 'content-type': 'application/json', 'content-length': body.length }
const server = createServer((_, response) => response.writeHead(200, headers).end(body))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // a TCP server's address
  process.send?.(port)
})
process.once('disconnect', () => process.exit())
