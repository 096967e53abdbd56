import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, readOperations } from '@image-install-queue/contract'

/** The documentation of the real contract, which `pnpm test` builds first. */
export const dist = join(import.meta.dirname, '../../dist')

export const document = JSON.parse(readFileSync(join(dist, 'openapi.json'), 'utf8')) as Document

export const operations = readOperations(document)
