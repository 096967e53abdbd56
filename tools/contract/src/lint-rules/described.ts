import type { Oas3Rule, Oas3Visitor, UserContext } from '@redocly/openapi-core'

/** Requires a description and evidence wherever the pages show them. */
export const described: Oas3Rule = (): Oas3Visitor => ({
  Operation: (operation, ctx) => check(`Operation "${operation.operationId ?? ctx.key}"`, operation, ctx),
  Parameter: (parameter, ctx) => check(`Parameter "${parameter.name}"`, parameter, ctx),
  Response: (response, ctx) => check(`Response "${ctx.key}"`, response, ctx),
  SecurityScheme: (scheme, ctx) => check(`Security scheme "${ctx.key}"`, scheme, ctx),
  NamedSchemas: (schemas, ctx) => checkEach('Schema', schemas, ctx),
  SchemaProperties: (properties, ctx) => checkEach('Property', properties, ctx),
})

function checkEach(kind: string, nodes: Readonly<Record<string, object>>, ctx: UserContext): void {
  for (const [name, node] of Object.entries(nodes)) {
    // Keywords next to a $ref take precedence over those of its target.
    const target: unknown = ctx.resolve(node).node
    check(`${kind} "${name}"`, { ...(typeof target === 'object' && target), ...node }, ctx, ctx.location.child(name))
  }
}

function check(subject: string, node: object, ctx: UserContext, location = ctx.location): void {
  const report = (message: string) => ctx.report({ message, location: location.key() })
  const { description, 'x-evidence': evidence }: { description?: unknown; 'x-evidence'?: unknown } = node
  if (typeof description !== 'string' || description.trim() === '')
    report(`${subject} has no description. Describe it in one sentence.`)
  if (evidence === undefined)
    report(
      `${subject} has no x-evidence. Write how certain the statement is, one of: documented, observed, inferred, assumed.`,
    )
}
