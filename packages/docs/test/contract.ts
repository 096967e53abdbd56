import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, readOperations } from '@image-install-queue/contract'
import { dist } from './browser.ts'

// Written by the build from a contract that was held against the profile.
export const document = JSON.parse(readFileSync(join(dist, 'openapi.json'), 'utf8')) as Document

export const operations = readOperations(document)

/** The sections in the order of use, as every form of the page has them. */
export const sections = [
  'Three things to know first',
  'Try it without keys',
  ...operations.map(({ node }) => node.summary),
  'What can go wrong',
  'Authentication',
  'Get the client',
  'What the mock answers',
  'How sure is this?',
  'Unknowns',
  'Operator',
]
