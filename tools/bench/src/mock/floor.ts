import { createServer } from 'node:http'

// The floor: what Node's own server does at best.
const body = '{"versionmirrorid":91011}'
createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}).listen(Number(process.argv[2]), '127.0.0.1')
