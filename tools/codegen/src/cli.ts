#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Loading TypeScript and the linter takes longer than generating, so their compiled code is cached.
enableCompileCache()
const { run } = await import('./run.ts')
process.exitCode = await run(process.argv.slice(2))
