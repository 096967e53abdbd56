import type { Source } from '@redocly/openapi-core'
import { EVENT_ALIAS, EVENT_MAPPING, EVENT_SCALAR, EVENT_SEQUENCE, parseEvents, SCALAR_STYLE_PLAIN } from 'js-yaml'
import type { Refusal } from './node.ts'

/** A number as JSON writes it, and what YAML takes for one besides. */
const json = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/
const yaml = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$|^0[xo][\da-fA-F]+$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/

/**
 * What YAML can write and JSON cannot: anchors, aliases, merge keys and tags (some of which Redocly's line numbers do not
 * survive); and numbers that JavaScript reads otherwise than they are written.
 */
export function yamlRefusals({ body }: Source): { structure: Refusal[]; numbers: Refusal[] } {
  const [structure, numbers]: [Refusal[], Refusal[]] = [[], []]
  for (const event of parseEvents(body, {})) {
    if (event.type === EVENT_ALIAS)
      structure.push(at(event.anchorStart - 1, 'an alias', 'write the value once more, or a $ref'))
    if (event.type !== EVENT_SCALAR && event.type !== EVENT_MAPPING && event.type !== EVENT_SEQUENCE) continue
    if (event.tagStart >= 0)
      structure.push(at(event.tagStart, body.slice(event.tagStart, event.tagEnd), 'write a plain value'))
    if (event.type !== EVENT_SCALAR || event.style !== SCALAR_STYLE_PLAIN) continue
    const text = body.slice(event.valueStart, event.valueEnd)
    const number = Number(text)
    if (text === '<<') structure.push(at(event.valueStart, 'a merge key', 'write the fields once more, or a $ref'))
    if (yaml.test(text) && !(json.test(text) && digits(text) === digits(`${number}`)))
      numbers.push(at(event.valueStart, `the number ${text}`, `JavaScript reads ${number}; write that, or a string`))
  }
  return { structure, numbers }

  function at(offset: number, what: string, instead: string): Refusal {
    const line = body.slice(0, offset).split('\n').length
    const col = offset - body.lastIndexOf('\n', offset - 1)
    return { line, col, message: `${what} is outside the profile: ${instead}` }
  }
}

/** The digits that say how much: without sign, point, exponent, and zeros at the ends. */
const digits = (number: string) => number.replace(/[eE].*$|[^\d]/g, '').replace(/^0+|0+$/g, '')
