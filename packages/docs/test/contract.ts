import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, readOperations } from '@image-install-queue/contract'
import { dist } from './browser.ts'

// Written by the build from a contract that was held against the profile.
export const document = JSON.parse(readFileSync(join(dist, 'openapi.json'), 'utf8')) as Document

export const operations = readOperations(document)
