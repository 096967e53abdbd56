import { stripVTControlCharacters } from 'node:util'

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
