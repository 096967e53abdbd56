import { join } from 'node:path'
import { readContract, readOperations } from '@image-install-queue/contract'
import { build } from '../src/build.ts'
import { readDocumentation } from '../src/sections.ts'
import { temporaryFolder } from './temporary-folder.ts'

// The fixed test contract: an edit of the real one changes nothing here.
const fixture = join(import.meta.dirname, '../../../tools/contract/test/fixtures/installs.yaml')

export const { document } = await readContract(fixture)
export const operations = readOperations(document)
export const { sections } = readDocumentation(document)

/** The documentation of the test contract, built for the tests of this file. */
export const site = temporaryFolder()
build(document, site)
