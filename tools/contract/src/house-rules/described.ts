import type { Oas3Rule, Oas3Visitor, UserContext } from '@redocly/openapi-core'

/** Everything a reader can ask about says what it is, and how sure that is. */
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
    // What stands beside a reference counts first, then what the target says.
    const target: unknown = ctx.resolve(node).node
    check(`${kind} "${name}"`, { ...(typeof target === 'object' && target), ...node }, ctx, ctx.location.child(name))
  }
}

function check(what: string, node: object, ctx: UserContext, location = ctx.location): void {
  const report = (message: string) => ctx.report({ message, location: location.key() })
  const { description, 'x-evidence': evidence }: { description?: unknown; 'x-evidence'?: unknown } = node
  if (typeof description !== 'string' || description.trim() === '')
    report(`${what} has no description. Say in a sentence what it is.`)
  if (evidence === undefined)
    report(
      `${what} has no x-evidence. Write how sure the statement is, one of: documented, observed, inferred, assumed.`,
    )
}
