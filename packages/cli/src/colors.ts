import { styleText } from 'node:util'
import type { Io } from './io.ts'

const colors = { Completed: 'green', Running: 'cyan', Failed: 'red', Squashed: 'yellow', gone: 'yellow' } as const

const words = /\b(Completed|Running|Failed|Squashed|gone)\b/

const isWord = (word: string): word is keyof typeof colors => Object.hasOwn(colors, word)

/** The line with its state in color, if stdout is a terminal that shows colors. */
export const colored = ({ stdout }: Io, line: string): string =>
  stdout.hasColors?.() ? line.replace(words, (word) => (isWord(word) ? paint(word) : word)) : line

const paint = (word: keyof typeof colors): string => styleText(colors[word], word, { validateStream: false })
