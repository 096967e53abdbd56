import { readFileSync } from 'node:fs'

// Plain JavaScript, because a Node that is too old cannot run TypeScript. The install brings the right Node as an optional
// package, which may have failed to install.
const needed = Number(readFileSync(new URL('../../../.nvmrc', import.meta.url), 'utf8'))
if (Number.parseInt(process.versions.node, 10) < needed) {
  console.error(
    `This is Node ${process.versions.node}, and the tools need Node ${needed}. The install brings it: fix the error of the ` +
      `package "node" above and retry, or install Node ${needed} yourself.`,
  )
  process.exitCode = 1
}
