import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { startCountingServer } from '../../src/runtimes/counting-server.ts'

test('a call that is sent again after its reused connection was dropped is counted twice', async () => {
  const origin = createServer((_, response) => response.end('response')).listen(0, '127.0.0.1')
  await once(origin, 'listening')
  const { port } = origin.address() as AddressInfo // A listening TCP server has an AddressInfo.
  const counter = await startCountingServer(`http://127.0.0.1:${port}`)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const call = (path: string) =>
    new Promise<string>((resolve) => {
      const request = get(`${counter.url}${path}`, { agent }, (response) => {
        response.resume().on('end', () => resolve('answered'))
      })
      request.on('error', () => resolve('dropped'))
    })
  try {
    expect([await call('/first'), await call('/second'), await call('/second')]).toEqual([
      'answered',
      'dropped',
      'answered',
    ])
    expect([...counter.arrivals]).toEqual([
      ['/first', 1],
      ['/second', 2],
    ])
  } finally {
    agent.destroy()
    counter.close()
    origin.close()
  }
})
