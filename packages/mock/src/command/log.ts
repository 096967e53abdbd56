import type { MockRequest } from '../message.ts'
import type { HandlerResult } from '../result.ts'
import { sentence } from '../violation.ts'

export interface Log {
  /** Prints a line for people, or its fields for programs. */
  line(text: string, fields: Readonly<Record<string, unknown>>): void
  /** Prints a line about a handled request. */
  handled(request: MockRequest, result: HandlerResult, ms: number): void
}

// Names may contain characters that move a terminal's cursor or start another line.
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

/** Logs to standard output, without any value of a header or of the query. Lines are dropped while the reader does not read. */
export function createLog({ quiet, json }: { readonly quiet: boolean; readonly json: boolean }): Log {
  let dropped = 0
  const print = (text: string, fields: Readonly<Record<string, unknown>>) => {
    const line = json ? JSON.stringify({ time: new Date().toISOString(), ...fields }) : text.replace(unprintable, '?')
    process.stdout.write(`${line}\n`)
  }
  const line: Log['line'] = (text, fields) => {
    // Buffered without limit, unread lines would fill the memory and keep the process from ending.
    if (process.stdout.writableNeedDrain) {
      dropped++
      return
    }
    if (dropped > 0)
      print(`${dropped} log lines were dropped: they were not read in time.`, { event: 'dropped', dropped })
    dropped = 0
    print(text, fields)
  }
  return {
    line,
    handled({ method, target }, { response, scenario, violations, fault, isControlRequest }, ms) {
      if (quiet || isControlRequest) return
      const path = target.replace(/\?.*/s, '')
      // A missing value has nothing to hide.
      const found = violations?.map((violation) =>
        violation.received === undefined
          ? sentence(violation)
          : `${violation.location}: expected ${violation.expected}`,
      )
      // Other faults replace the scenario's response.
      const isSent = !fault || fault.kind === 'delay' || fault.kind === 'truncate'
      const status = fault?.kind === 'response' ? fault.response.status : isSent ? response.status : undefined
      const notes = [isSent && scenario, fault && `fault ${fault.text}`, ...(found ?? [])].filter(Boolean)
      const fields = {
        event: 'request',
        method,
        path,
        status,
        ms: Math.round(ms * 100) / 100,
        scenario: isSent ? scenario : undefined,
        fault: fault?.text,
        violations: found,
      }
      line(`${method} ${path} ${status ?? 'no response'}${notes.length > 0 ? ` ${notes.join('; ')}` : ''}`, fields)
    },
  }
}
