import { discriminators } from '../discriminators.ts'
import type { Document, ExampleNode, InBandErrorRule, Schema } from '../document.ts'
import type { Resolve } from '../resolve.ts'
import { nodesOf } from '../walk.ts'
import type { Path, ReportError } from './errors.ts'

/** Rules about schemas and examples. Breaking one would generate wrong code without a message. */
export function checkSchemas(document: Document, resolve: Resolve, report: ReportError): void {
  for (const { node, path } of nodesOf(document)) {
    // Only schemas have these keywords, and only parameters, headers and bodies have a schema.
    const schema = node as Schema
    const { schema: inner, examples } = node as { readonly schema?: Schema; readonly examples?: object }
    const { oneOf = [], 'x-in-band-error': rule } = schema
    for (const [index, discriminator] of discriminators(oneOf, resolve).entries()) {
      if (!discriminator)
        report(
          [...path, 'oneOf', index],
          'nothing distinguishes this variant from the others: require a property that they lack, or one with a different const',
        )
    }
    if (rule) checkInBandError(schema, rule, path, resolve, report)
    checkVarnames(schema, path, report)
    if (inner) checkShape(resolve<Schema>(inner), path, 'in' in node, report)
    if (examples && !Array.isArray(examples)) checkSequences(Object(examples), [...path, 'examples'], report)
  }
}

/** The error of the client is found by a name, and reads the fields that the rule names. */
function checkInBandError(schema: Schema, rule: InBandErrorRule, path: Path, resolve: Resolve, report: ReportError) {
  const at = [...path, 'x-in-band-error']
  if (path.length !== 3)
    report(at, 'an error with a success status needs a name: write its schema under components/schemas')
  const { properties = {} } = schema
  const propertyOf = (name: string, place: Path): Schema | undefined => {
    if (Object.hasOwn(properties, name)) return properties[name]
    report(place, `"${name}" is not a property of this schema: write one of ${Object.keys(properties).join(', ')}`)
    return undefined
  }
  for (const [index, condition] of rule.when.entries()) {
    for (const [name, value] of Object.entries(condition)) {
      const place = [...at, 'when', `${index}`, name]
      const property = propertyOf(name, place)
      const fixed = property && resolve(property).const
      if (fixed !== undefined && fixed !== value)
        report(place, `"${name}" is never ${JSON.stringify(value)}: write ${JSON.stringify(fixed)}`)
    }
  }
  for (const field of ['code', 'message', 'messages'] as const) {
    const name = rule[field]
    if (name !== undefined) propertyOf(name, [...at, field])
  }
}

/** Names and descriptions belong to values by position. */
function checkVarnames(schema: Schema, path: Path, report: ReportError): void {
  const count = schema['x-extensible-enum']?.length
  for (const keyword of ['x-enum-varnames', 'x-enum-descriptions'] as const) {
    if (schema[keyword] && schema[keyword].length !== count)
      report([...path, keyword], `"${keyword}" needs one entry for each of x-extensible-enum, which has ${count}`)
  }
}

const plainTypes: readonly unknown[] = ['string', 'integer', 'number', 'boolean']

/** The client sends parameters as strings, and reads bodies as objects or lists. */
function checkShape(schema: Schema, path: Path, isParameter: boolean, report: ReportError): void {
  const [type] = [schema.type].flat()
  if (path.at(-1) === 'application/json') {
    if (type !== 'object' && type !== 'array' && !schema.allOf && !schema.oneOf)
      report([...path, 'schema'], 'a body is an object or a list: wrap the value in an object')
  } else if (!plainTypes.includes(type) && !(isParameter && type === 'array')) {
    report([...path, 'schema'], 'a parameter or header is a string, an integer, a number or a boolean')
  }
}

/** A sequence stays in one response, and ends: the mock repeats the last example. */
function checkSequences(examples: Readonly<Record<string, ExampleNode>>, path: Path, report: ReportError): void {
  const names = Object.keys(examples)
  const nextOf = (name: string) => examples[name]?.['x-next']
  for (const name of names) {
    const next = nextOf(name)
    if (next === undefined) continue
    const at = [...path, name, 'x-next']
    if (!names.includes(next)) report(at, `there is no example "${next}": write one of ${names.join(', ')}`, false)
    const cycle = [name]
    let step: string | undefined = next
    while (step !== undefined && !cycle.includes(step)) {
      cycle.push(step)
      step = nextOf(step)
    }
    // A cycle is reported at its last example in the document.
    if (step === name && cycle.every((other) => names.indexOf(other) <= names.indexOf(name)))
      report(at, `x-next of "${name}" forms a cycle: a sequence must end`, false)
  }
}
