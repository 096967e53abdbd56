import { type InBandErrorRule, inBandErrorsIn } from '@image-install-queue/contract'
import type { Call, Context } from './context.ts'
import { codeSpan, paragraphs, slug, table, withEvidence } from './markdown.ts'

/** The errors of each call. */
export function errors(context: Context): string {
  const parts = context.calls.flatMap((call) => [
    context.calls.length > 1 && `**${call.title}**`,
    errorTable(call, context),
    afterNoResponse(call, context),
  ])
  return paragraphs(...parts)
}

function errorTable({ responses, isStateChanging }: Call, { resolve, legend }: Context): string {
  const rows = [...responses].flatMap(([status, response]) => {
    const isError = status === 'default' || Number(status) >= 400
    const [inBandError] = inBandErrorsIn(response, resolve)
    const meaning = isError ? response.description : inBandError && inBandMeaning(inBandError.rule)
    if (!meaning) return []
    const { is, evidence, advice = 'unknown' } = response['x-outcome'] ?? {}
    const processed = is === 'rejected' ? 'no' : 'unknown'
    const description = isStateChanging ? processed : `${processed} (read-only)`
    return [[status, meaning, withEvidence({ description, 'x-evidence': evidence }, legend), advice]]
  })
  return table(['status', 'meaning', 'processed', 'what to do'], rows)
}

function afterNoResponse({ isStateChanging, lookupOperation }: Call, { calls }: Context): string {
  if (!isStateChanging) return 'If you get no response, retry: the call is read-only.'
  const other = calls.find(({ operationId }) => operationId === lookupOperation)
  const lookup = other ? ` Look it up with [${other.title}](#${slug(other.title)}) first.` : ''
  return `If you get no response, the request may have been processed: do not resend it blindly.${lookup}`
}

function inBandMeaning(rule: InBandErrorRule): string {
  const fields = [rule.message, rule.messages, rule.code].filter((name) => name !== undefined).map(codeSpan)
  const explained = fields.length > 0 ? `, explained in ${fields.join(', ')}` : ''
  return `An error with a success status: a body with ${conditions(rule)}${explained}.`
}

/** The values that mark such an error, as Markdown. */
export function conditions({ when }: InBandErrorRule): string {
  const alternatives = when.map((values) =>
    Object.entries(values)
      .map(([name, value]) => codeSpan(`${name}: ${JSON.stringify(value)}`))
      .join(' and '),
  )
  return alternatives.join(' or ')
}
