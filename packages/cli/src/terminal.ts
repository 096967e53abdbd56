import { stripVTControlCharacters, styleText } from 'node:util'
import sliceAnsi from 'slice-ansi'
import stringWidth from 'string-width'
import type { Io } from './io.ts'

/** Control characters that JSON allows in a string, and bidi control characters, which change the order of what is shown. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A value as one line for a terminal: nothing in it moves the cursor, changes colors or reverses text. */
export const plain = (value: unknown): string =>
  stripVTControlCharacters(String(value))
    .replaceAll(unsafe, escaped)
    .replaceAll(/\p{Cc}+/gu, ' ')

/** A value as one line of JSON that is safe to print in a terminal. */
export const safeJson = (value: object): string => JSON.stringify(value).replaceAll(unsafe, escaped)

/** Cuts a line to a number of columns. Without a number it stays as it is. */
export function cut(line: string, columns: number | undefined): string {
  if (!columns || stringWidth(line) <= columns) return line
  return `${sliceAnsi(line, 0, columns - 1)}…`
}

const colors = { Completed: 'green', Running: 'cyan', Failed: 'red', Squashed: 'yellow', gone: 'yellow' } as const

const words = new RegExp(`\\b(${Object.keys(colors).join('|')})\\b`)

const isWord = (word: string): word is keyof typeof colors => Object.hasOwn(colors, word)

/** The line with its first state in color, if stdout is a terminal that shows colors. */
export const colored = ({ stdout }: Io, line: string): string =>
  stdout.hasColors?.() ? line.replace(words, (word) => (isWord(word) ? paint(word) : word)) : line

const paint = (word: keyof typeof colors): string => styleText(colors[word], word, { validateStream: false })
