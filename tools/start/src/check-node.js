import { readFileSync } from 'node:fs'

// Plain JavaScript, because a Node that is too old cannot run TypeScript. The right Node is an optional dependency,
// which may have failed to install.
const needed = Number(readFileSync(new URL('../../../.nvmrc', import.meta.url), 'utf8'))
if (Number.parseInt(process.versions.node, 10) < needed) {
  console.error(
    `This is Node ${process.versions.node}, and the tools require Node ${needed}. \`pnpm install\` installs it: fix its error about ` +
      `the package "node" above and retry, or install Node ${needed} yourself.`,
  )
  process.exitCode = 1
}
