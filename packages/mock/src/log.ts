import type { Outcome } from './handler.ts'
import type { Incoming } from './message.ts'

export interface Log {
  /** A line for people, and its fields for programs. */
  line(text: string, fields: Readonly<Record<string, unknown>>): void
  /** A line about a request that was answered. */
  answered(incoming: Incoming, outcome: Outcome, ms: number): void
}

/** Logs to standard output. Neither headers nor query values are ever in it. */
export function createLog({ quiet, json }: { readonly quiet: boolean; readonly json: boolean }): Log {
  const line: Log['line'] = (text, fields) => {
    process.stdout.write(`${json ? JSON.stringify({ time: new Date().toISOString(), ...fields }) : text}\n`)
  }
  return {
    line,
    answered({ method, target }, { answer: { status }, scenario, violations, fault, isAside }, ms) {
      if (quiet || isAside) return
      const path = target.replace(/\?.*/s, '')
      const found = violations?.map(({ where, allowed }) => `${where}: ${allowed}`)
      const notes = [scenario, fault && `fault ${fault.kind}`, ...(found ?? [])].filter(Boolean)
      const fields = {
        method,
        path,
        status,
        ms: Math.round(ms * 100) / 100,
        scenario,
        fault: fault?.kind,
        violations: found,
      }
      line(`${method} ${path} ${status}${notes.length > 0 ? ` ${notes.join('; ')}` : ''}`, {
        event: 'answered',
        ...fields,
      })
    },
  }
}
