import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const counted = '**/*.{ts,js,mjs,cjs,css,hbs,sh,py}'
const notWritten = ['node_modules', 'dist', 'generated', 'coverage', '.turbo']
const notCounted = ['test', 'fixtures', 'consumers', 'baseline']

/** Hand-written lines by folder: code and comments, but no blank line, no test and no configuration. */
export function countLines(root: string): Record<string, number> {
  const exclude = [...notWritten, ...notCounted, '*.config.*'].map((name) => `**/${name}`)
  const byFolder: Record<string, number> = {}
  for (const file of globSync(counted, { cwd: root, exclude }).toSorted()) {
    const folder = file.split(/[\\/]/).slice(0, -1).slice(0, 2).join('/') || '.'
    byFolder[folder] = (byFolder[folder] ?? 0) + writtenLines(readFileSync(join(root, file), 'utf8'))
  }
  return byFolder
}

const writtenLines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length
