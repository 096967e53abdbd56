import { type InBandErrorRule, inBandErrorsIn } from '@image-install-queue/contract'
import type { Context, PageCall } from './context.ts'
import { evidenceChip } from './evidence.ts'
import { codeSpan, paragraphs, table } from './markdown.ts'

/** What can go wrong with each call, under its name where there are several. */
export function errorSection(context: Context): string {
  const parts = context.calls.flatMap((call) => [
    context.calls.length > 1 && `**${call.heading}**`,
    errorTable(call, context),
    afterNoResponse(call, context),
  ])
  return paragraphs(...parts)
}

function errorTable({ responses, isStateChanging }: PageCall, { resolve, legend }: Context): string | undefined {
  const rows = [...responses].flatMap(([status, response]) => {
    const meaning = isError(status) ? response.description : inBandMeaning(inBandErrorsIn(response, resolve)[0]?.rule)
    if (!meaning) return []
    const outcome = response['x-outcome']
    const carriedOut = outcome?.is === 'rejected' ? 'no' : 'not known'
    return [
      [
        status,
        meaning,
        isStateChanging ? carriedOut : 'changes nothing',
        outcome?.advice ?? 'not known',
        evidenceChip(outcome?.evidence, legend),
      ],
    ]
  })
  return rows.length === 0 ? undefined : table(['status', 'meaning', 'carried out?', 'what to do', 'evidence'], rows)
}

/** The one row that no status stands for. */
function afterNoResponse({ isStateChanging, lookupOperation }: PageCall, { calls }: Context): string {
  if (!isStateChanging) return 'Without an answer, ask again: the call changes nothing.'
  const other = calls.find(({ operationId }) => operationId === lookupOperation)
  const where = other ? ` Find out with [${other.heading}](${other.address}).` : ''
  return `Without an answer, whether it was carried out is not known: do not send it again blindly.${where}`
}

const isError = (status: string) => status === 'default' || Number(status) >= 400

function inBandMeaning(rule: InBandErrorRule | undefined): string | undefined {
  if (!rule) return undefined
  const fields = [rule.message, rule.messages, rule.code].filter((name) => name !== undefined).map(codeSpan)
  const says = fields.length > 0 ? `, explained in ${fields.join(', ')}` : ''
  return `An error that looks like a success: a body with ${conditions(rule)}${says}.`
}

/** The signs of such an error, in words. */
export function conditions({ when }: InBandErrorRule): string {
  const signs = when.map((values) =>
    Object.entries(values)
      .map(([name, value]) => codeSpan(`${name}: ${JSON.stringify(value)}`))
      .join(' and '),
  )
  return signs.join(' or ')
}
