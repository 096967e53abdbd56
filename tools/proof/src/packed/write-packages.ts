import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { packAll } from './install.ts'

// `pnpm packages`: writes the tarballs to dist/, to install from while nothing is published, and to publish.
const folder = join(import.meta.dirname, '../../../../dist')
mkdirSync(folder, { recursive: true })
for (const { filename } of Object.values(await packAll(folder))) console.log(relative(process.cwd(), filename))
