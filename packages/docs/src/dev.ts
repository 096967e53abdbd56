import { places } from './build.ts'
import { dev } from './live.ts'

const port = Number(process.env.PORT ?? 4011)
try {
  const { url, close } = await dev({ ...places, port, print: console.log })
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, close)
  console.log(`${url} is built again when the contract or a sample changes. Ctrl-C ends it.`)
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\nTo take another port: PORT=4012 pnpm docs:dev`)
  process.exitCode = 1
}
