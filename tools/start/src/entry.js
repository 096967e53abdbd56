// Plain JavaScript: a Node that is too old for TypeScript can say so, and nothing is loaded before it is asked.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) await import('./command.ts')
else {
  console.error(`This is Node ${process.versions.node}. Use Node 22.18 or newer, for example from https://nodejs.org.`)
  process.exitCode = 2
}
