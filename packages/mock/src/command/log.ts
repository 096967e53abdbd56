import type { Handled } from '../handled.ts'
import type { Incoming } from '../message.ts'

export interface Log {
  /** A line for people, and its fields for programs. */
  line(text: string, fields: Readonly<Record<string, unknown>>): void
  /** A line about a request that was answered. */
  answered(incoming: Incoming, handled: Handled, ms: number): void
}

// Names may hold what moves a terminal's cursor, or looks like another line.
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

/** Logs to standard output. No value of a header or of the query is ever in it. */
export function createLog({ quiet, json }: { readonly quiet: boolean; readonly json: boolean }): Log {
  const line: Log['line'] = (text, fields) => {
    process.stdout.write(
      `${json ? JSON.stringify({ time: new Date().toISOString(), ...fields }) : text.replace(unprintable, '?')}\n`,
    )
  }
  return {
    line,
    answered({ method, target }, { reply, scenario, violations, fault, isAside }, ms) {
      if (quiet || isAside) return
      const path = target.replace(/\?.*/s, '')
      const found = violations?.map(({ location, expected }) => `${location}: ${expected}`)
      // Other faults take the place of the scenario's answer.
      const arrives = !fault || fault.kind === 'delay' || fault.kind === 'truncate'
      const status = fault?.kind === 'reply' ? fault.reply.status : arrives ? reply.status : undefined
      const notes = [arrives && scenario, fault && `fault ${fault.text}`, ...(found ?? [])].filter(Boolean)
      const fields = {
        event: 'answered',
        method,
        path,
        status,
        ms: Math.round(ms * 100) / 100,
        scenario: arrives ? scenario : undefined,
        fault: fault?.text,
        violations: found,
      }
      line(`${method} ${path} ${status ?? 'no answer'}${notes.length > 0 ? ` ${notes.join('; ')}` : ''}`, fields)
    },
  }
}
