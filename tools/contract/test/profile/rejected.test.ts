import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { afterEdit, type Edit, errorsIn, garden, installs } from './support.ts'

// Advice that several cases get.
const segments =
  'write segments of letters, digits, "_", ".", "~" and "-", or whole {name} segments after the first; a query belongs in parameters'
const name = 'use letters, digits, "_", "." and "-", and no property name of Object.prototype'
const method = 'write a camelCase name that no object has; the client gets a method of this name'
const distinct =
  'nothing distinguishes this variant from the others: require a property that they lack, or one with a different const'
const header = 'leave it out or rename it; HTTP, the client, the mock or Object.prototype uses this name'
const variant = 'write a $ref to an object under components/schemas; for several plain types, write type: [ … ]'
const inline = 'write it where it is used; schemas, parameters and responses can be referred to'
const typeName = 'the client or TypeScript has a type of this name; rename the schema'
const plain = 'write string, integer, number or boolean'
const json = 'write application/json and no other media type'

/** Edits of the garden, with the advice that each gets. */
const cases: Record<string, Record<string, Edit>> = {
  document: {
    'another version of OpenAPI': ['openapi: 3.1.1', 'openapi: «3.0.3', 'write 3.1.1'],
    'a version that is not three numbers': [
      'version: 1.2.3',
      "version: «'1.0.0\\nconsole.log(1) //'",
      'write three numbers, such as 1.2.3',
    ],
    'a reference to another file': [
      "$ref: '#/components/parameters/page'",
      "$ref: «'./page.yaml'",
      'write #/components/parameters/<Name>',
    ],
    'a reference into a schema': [
      "items: { $ref: '#/components/schemas/Plant' }",
      "items: { $ref: «'#/components/schemas/Rose/allOf/1' }",
      'write #/components/schemas/<Name>',
    ],
    'a reference that leads nowhere': [
      "items: { $ref: '#/components/schemas/Plant' }",
      "items: { $ref: «'#/components/schemas/Weed' }",
      '"#/components/schemas/Weed" leads nowhere: there is no "Weed" in components/schemas',
    ],
    'a reference in the value of an example': [
      'value: { kind: rose, height: 1 }',
      'value: { «$ref: /etc/hostname }',
      'this is data and cannot refer to anything',
    ],
    'a reference to an example': [
      'examples: { rose: { value: { kind: rose, petals: 5 } } }',
      "examples: { rose: { value: {}, «$ref: '#/components/examples/rose' } }",
      inline,
    ],
    'a schema that contains itself': [
      'notes: { type: object, additionalProperties: { type: string } }',
      "notes: { type: object, additionalProperties: { $ref: «'#/components/schemas/Plant' } }",
      '"Plant" contains itself: recursive schemas are not supported',
    ],
    'two schemas that contain each other': [
      '    Height: {',
      "    Root: { type: array, items: { $ref: '#/components/schemas/Leaf' } }\n    Leaf: { type: array, items: { $ref: «'#/components/schemas/Root' } }\n    Height: {",
      '"Leaf" contains itself: recursive schemas are not supported',
    ],
    'several unknown keywords of one node': [
      "'204': { description: It was there. }",
      "'204': { description: It was there., «foo: 1, bar: 2 }",
      '"foo", "bar" are outside the profile: write one of description, x-evidence, headers, x-outcome, content',
    ],
    'an unknown extension': [
      'operationId: addPlant',
      'operationId: addPlant\n      «x-state-chaning: true',
      'write one of summary, description, externalDocs, deprecated, x-evidence, operationId, tags, security, parameters, requestBody, responses, x-state-changing, x-lookup-operation',
    ],
    'reusable examples': ['  parameters:\n    page:', '  «examples: {}\n  parameters:\n    page:', inline],
  },
  texts: {
    'raw HTML in a description': [
      'description: A contract inside the profile.',
      'description: «A <title>contract</title>.',
      'write a <tag> in backticks; HTML is not supported',
    ],
    'a summary of two lines': [
      'operationId: addPlant',
      'operationId: addPlant\n      summary: «"a\\nb"',
      'write one line',
    ],
    'a link that is no URL': [
      'operationId: addPlant',
      'operationId: addPlant\n      externalDocs: { url: «javascript:alert(1) }',
      'write an absolute URL',
    ],
    'a description that is missing': [
      "'204': { description: It was there. }",
      "«'204': {}",
      '"description" is missing in "204": add it',
    ],
    'a description of spaces': [
      'description: A contract inside the profile.',
      "description: «'  '",
      'write at least one word',
    ],
    'a summary that is empty': [
      'operationId: addPlant',
      "operationId: addPlant\n      summary: «''",
      'write at least one word',
    ],
    'a description that is a number': [
      'description: A contract inside the profile.',
      'description: «5',
      'write a string, in quotes',
    ],
    'a description that is empty': [
      'description: A contract inside the profile.',
      '«description:',
      '"description" is empty (null): write a string',
    ],
    'a description that is a list': [
      'description: A contract inside the profile.',
      'description: «[A contract]',
      'write a string',
    ],
    'tags that are an object': ['tags:\n  - name: Beds', 'tags:\n  «name: Beds', 'write a list'],
    'a flag that is a string': [
      'operationId: addPlant',
      'operationId: addPlant\n      deprecated: «"no"',
      'write true or false',
    ],
  },
  servers: {
    'a server with a path': [
      'url: https://garden.example',
      'url: «https://garden.example/api/v3',
      'write only scheme and host; a path belongs in each of paths',
    ],
  },
  paths: {
    'a query in a path': ['paths:\n', 'paths:\n  «/q?action=list: {}\n', segments],
    'two placeholders in a segment': ['paths:\n', "paths:\n  «'/{from}-{to}': {}\n", segments],
    'a placeholder with a dot, which Prism does not match': ['paths:\n', "paths:\n  «'/seeds/{a.b}': {}\n", segments],
    'a placeholder that matches the pages': ['paths:\n', "paths:\n  «'/{page}': {}\n", segments],
    'two placeholders that are not declared': [
      '  /beds/{bed}/plants:\n',
      '  /seeds/{a}/{b}:\n    «get: { operationId: getSeed, x-state-changing: false, responses: { "204": { description: Ok } } }\n  /beds/{bed}/plants:\n',
      'no parameter for {a} and {b}: add one with in: path',
    ],
    'a path item by reference': ['paths:\n', "paths:\n  /seeds: { «$ref: '#/paths/x' }\n", inline],
    'a path of the mock': ['paths:\n', 'paths:\n  «/__mock/health: {}\n', segments],
  },
  operations: {
    'no operationId': [
      '    post:\n      operationId: addPlant\n',
      '    «post:\n',
      '"operationId" is missing in "post": write a camelCase name that no object has; the client gets a method of this name',
    ],
    'an operationId that is a property of Object.prototype': [
      'operationId: addPlant',
      'operationId: «toString',
      method,
    ],
    'an operationId that JSON.stringify calls': ['operationId: addPlant', 'operationId: «toJSON', method],
    'an operationId that another operation has': [
      'operationId: addPlant',
      'operationId: «listPlants',
      '"listPlants" is already the operationId of another operation: rename it',
    ],
    'no x-state-changing': [
      '    post:\n      operationId: addPlant\n      x-state-changing: true\n',
      '    «post:\n      operationId: addPlant\n',
      '"x-state-changing" is missing in "post": write whether the operation changes anything on the server',
    ],
    'a body of GET': [
      '      tags: [Beds]\n',
      '      tags: [Beds]\n      «requestBody: {}\n',
      'fetch sends no body with GET',
    ],
    'an x-lookup-operation that leads nowhere': [
      'x-lookup-operation: listPlants',
      'x-lookup-operation: «listWeeds',
      'there is no operation "listWeeds": write one of listPlants',
    ],
    'an x-lookup-operation that changes something': [
      'x-lookup-operation: listPlants',
      'x-lookup-operation: «addPlant',
      '"addPlant" changes state itself: write an operation that does not',
    ],
    'an x-lookup-operation of a read-only operation': [
      'tags: [Beds]\n      x-',
      'tags: [Beds]\n      «x-lookup-operation: listPlants\n      x-',
      'only an operation that changes state needs "x-lookup-operation": leave it out, retrying is safe',
    ],
  },
  parameters: {
    'a cookie': ['{ name: X-Trace, in: header', '{ name: X-Trace, in: «cookie', 'write "path" or "query" or "header"'],
    'a place that is empty': [
      '{ name: X-Trace, in: header,',
      '{ name: X-Trace, «in: ,',
      '"in" is empty (null): write "path" or "query" or "header"',
    ],
    'keywords next to a reference': [
      "- $ref: '#/components/parameters/page'",
      "- { $ref: '#/components/parameters/page', «name: page, in: query, schema: {} }",
      '"name", "in", "schema" are outside the profile: nothing can be next to this $ref',
    ],
    'content instead of a schema': [
      '- { name: X-Trace, in: header, schema: { type: string } }',
      '- { name: X-Trace, in: header, schema: { type: string }, «content: {} }',
      'write one of in, required, description, deprecated, schema, x-evidence, name, examples, x-client',
    ],
    'an object in the query': ['schema: { type: array, items: { type: string } }', 'schema: { type: «object }', plain],
    'a list of lists in the query': [
      'schema: { type: array, items: { type: string } }',
      'schema: { type: array, items: { type: «array, items: {} } }',
      plain,
    ],
    'a list in a header': [
      'in: header, schema: { type: string }',
      'in: header, schema: { type: «array, items: {} }',
      plain,
    ],
    'a parameter that refers to an object': [
      'in: header, schema: { type: string }',
      "in: header, «schema: { $ref: '#/components/schemas/Plant' }",
      'a parameter or header is a string, an integer, a number or a boolean',
    ],
    'a name with a fragment': ['name: kind', "name: «'filter#tag'", name],
    'a name that is a number': ['name: kind', 'name: «0', 'write a name, a number in quotes'],
    'a name that is a property of Object.prototype': ['name: kind', 'name: «valueOf', name],
    'the header Accept': ['name: X-Trace', 'name: «Accept', header],
    'a header that injects a fault into the mock': ['name: X-Trace', 'name: «Mock-Fault', header],
    'an optional path parameter': [
      'in: path, required: true',
      'in: path, required: «false',
      'write required: true; a path needs all of its segments',
    ],
    'a parameter that is not in its path': [
      '        - { name: kind, in: query,',
      '        - «{ name: pot, in: path, required: true, schema: { type: string } }\n        - { name: kind, in: query,',
      '"pot" is not in the path: write {pot} there',
    ],
    'a parameter of a path that is not in it': [
      '      - { name: bed,',
      '      - «{ name: pot, in: path, required: true, schema: { type: string } }\n      - { name: bed,',
      '"pot" is not in the path: write {pot} there',
    ],
    'a parameter called body on an operation with a body': [
      '      requestBody:\n',
      '      parameters:\n        - «{ name: body, in: query, schema: { type: string } }\n      requestBody:\n',
      '"body" is already a parameter or the body: rename it',
    ],
    'an option that every client has': [
      'x-client: { option: limit }',
      'x-client: { option: «fetch }',
      'write a camelCase name, but no option of every client and no property of Object.prototype',
    ],
    'one option with two meanings': [
      'token: { option: token,',
      'token: { option: «user,',
      '"user" already has another meaning: choose a different name',
    ],
    'one environment variable for two options': [
      'x-client: { option: limit }',
      'x-client: { option: limit, env: «GARDEN_URL }',
      '"GARDEN_URL" already has another meaning: choose a different name',
    ],
    'an environment variable for a list': [
      '- { name: kind, in: query,',
      '- { name: kind, in: query, x-client: { option: kind, «env: KIND },',
      'leave it out; a variable cannot contain a list',
    ],
    'an option with the default name of a credential': [
      'x-client: { option: limit }',
      'x-client: { option: «username }',
      'write a name that no credential has',
    ],
    'an option that requires an unknown one': [
      'requires: baseUrl',
      'requires: «base',
      'there is no option "base": write the name of another option',
    ],
    'two parameters of one name': [
      '- { name: kind, in: query, schema: { type: array, items: { type: string } } }\n        - name: limit',
      '- { name: limit, in: header, schema: { type: string } }\n        - «name: limit',
      '"limit" is already a parameter or the body: rename it',
    ],
  },
  bodies: {
    'a form': [
      '          application/json:\n            schema: { $ref',
      '          «application/x-www-form-urlencoded: {}\n          application/json:\n            schema: { $ref',
      json,
    ],
    'HTML instead of JSON': [
      '          application/json:\n            schema: { $ref',
      '          «text/html:\n            schema: { $ref',
      json,
    ],
    'a media type that is missing': [
      "'204': { description: It was there. }",
      "'202': { description: It was there., «content: {} }",
      '"application/json" is missing in "content": write application/json and no other media type',
    ],
    'CSV in addition to JSON': [
      '          content:\n            application/json:\n              schema: { type',
      '          content:\n            «text/csv: {}\n            application/json:\n              schema: { type',
      json,
    ],
    'a body that may be null': [
      "schema: { type: array, items: { $ref: '#/components/schemas/Plant' } }",
      "«schema: { anyOf: [{ type: object }, { type: 'null' }] }",
      'a body is an object or a list: wrap the value in an object',
    ],
    'a body that is false': [
      "schema: { type: array, items: { $ref: '#/components/schemas/Plant' } }",
      'schema: «false',
      'write a schema; {} accepts any value',
    ],
    'a reusable body': [
      '      requestBody:\n        required: true\n',
      "      requestBody:\n        «$ref: '#/components/requestBodies/plant'\n        required: true\n",
      inline,
    ],
    'a reusable body and nothing else': [
      '          description: The plants.\n          headers: { X-Total: { schema',
      "          description: The plants.\n          headers: { X-Total: { «$ref: '#/components/headers/total' }, X-Sum: { schema",
      inline,
    ],
  },
  responses: {
    'a range of statuses': [
      "'204': {",
      "«'2XX': {",
      'write statuses of three digits, at least one 2xx, and default for errors',
    ],
    'a list in a header': [
      'X-Total: { schema: { type: integer } }',
      'X-Total: { schema: { type: «array, items: {} } }',
      plain,
    ],
    'a header that HTTP uses for framing': [
      'X-Total:',
      '«Transfer-Encoding:',
      'leave it out or rename it; HTTP, the mock or Object.prototype uses this name',
    ],
    'a body of 204': [
      "'204': { description: It was there. }",
      "'204': { description: It was there., «content: {} }",
      'this status has no body',
    ],
    'an empty body of 204': [
      "'204': { description: It was there. }",
      "'204': { description: It was there., «content: }",
      'this status has no body',
    ],
    'no success': [
      "      responses:\n        '200':",
      "      «responses:\n        '300':",
      'write statuses of three digits, at least one 2xx, and default for errors',
    ],
    'an unknown outcome value': ['is: rejected,', 'is: «done,', 'write "rejected" or "unknown"'],
    'an outcome without evidence': [
      'x-outcome: { is: rejected, evidence: assumed,',
      '«x-outcome: { is: rejected,',
      '"evidence" is missing in "x-outcome": add it',
    ],
    'an unknown next example': [
      'x-next: none',
      'x-next: «nothing',
      'there is no example "nothing": write one of few, none',
    ],
    'a next example of a parameter': ['few: { value: 1 }', 'few: { value: 1, «x-next: few }', 'write one of value'],
    'a sequence that never ends': [
      'none: { value: [] }',
      'none: { value: [], x-next: «few }',
      'x-next of "none" forms a cycle: a sequence must end',
    ],
  },
  schemas: {
    'a discriminator': [
      '    Rose:\n      allOf:',
      '    Rose:\n      «discriminator: { propertyName: kind }\n      allOf:',
      'give each variant a property with a different const',
    ],
    'additionalProperties next to properties': [
      '    Oops:\n      type: object\n',
      '    Oops:\n      type: object\n      «additionalProperties: false\n',
      'leave it out; an object may have more properties',
    ],
    'anyOf next to properties': [
      'Height: { type: number, minimum: 0 }',
      "Height: { anyOf: [{}, { type: 'null' }], «properties: {} }",
      'write a schema and { type: "null" }; a choice of objects is oneOf',
    ],
    'anyOf of two objects': [
      "anyOf: [{ $ref: '#/components/schemas/Height' }, { type: 'null' }]",
      "anyOf: [{ $ref: '#/components/schemas/Height' }, «{ $ref: '#/components/schemas/Plant' }]",
      'write { type: "null" } as the second',
    ],
    'a limit that is a string': [
      'Height: { type: number, minimum: 0 }',
      "Height: { type: number, minimum: «'0' }",
      'write a number',
    ],
    'a variant that is not an object': [
      "                  - $ref: '#/components/schemas/Rose'\n",
      "                  - «$ref: '#/components/schemas/Height'\n",
      distinct,
    ],
    'a variant that nothing distinguishes': [
      "                  - $ref: '#/components/schemas/Oops'\n",
      "                  - $ref: '#/components/schemas/Oops'\n                  - «$ref: '#/components/schemas/Plant'\n",
      distinct,
    ],
    'a variant that is not a schema': [
      "                  - $ref: '#/components/schemas/Oops'\n",
      "                  - $ref: '#/components/schemas/Oops'\n                  - «Oops\n",
      variant,
    ],
    'a variant without a name': [
      "                  - $ref: '#/components/schemas/Rose'\n",
      '                  - «type: object\n',
      '"$ref" is missing in "oneOf[0]": write a $ref to an object under components/schemas; for several plain types, write type: [ … ]',
    ],
    'a single schema in allOf': [
      "      allOf:\n        - $ref: '#/components/schemas/Plant'\n        - type",
      '      allOf:\n        «- type',
      'write two parts or more; a description can be next to a single $ref',
    ],
    'a property of Object.prototype': [
      'notes: { type',
      'notes: { type: object, properties: { «constructor: {} } }\n        more: { type',
      'this name has a meaning in JSON Schema or JavaScript; leave it out',
    ],
    'a pattern that JavaScript does not accept': [
      "pattern: '^[a-z]+$'",
      "pattern: «'(?<'",
      'write a regular expression that JavaScript accepts with the flag u',
    ],
    'an unknown format': [
      'kind: { type: string,',
      'kind: { type: string, format: «plant,',
      'write "date" or "date-time" or "double" or "email" or "float" or "hostname" or "int32" or "int64" or "ipv4" or "ipv6" or "uri" or "uuid"',
    ],
    'several types with an object': [
      'Height: { type: number, minimum: 0 }',
      "Height: { type: [«object, 'null'] }",
      'write "string" or "integer" or "number" or "boolean" or "null"',
    ],
    'a const of null': [
      'const: false',
      '«const: null',
      '"const" is empty (null): write a string or a number or true or false',
    ],
    'a length that is a fraction': ['minLength: 1', 'minLength: «1.5', 'write an integer'],
    'a length that is negative': ['minLength: 1', 'minLength: «-1', 'it must be >= 0'],
    'const and enum': [
      'ok: { type: boolean, const: false }',
      'ok: { type: boolean, const: false, «enum: [false] }',
      'write one of const, enum and x-extensible-enum',
    ],
    'equal names of known values': [
      'x-enum-varnames: [Spring, Autumn]',
      'x-enum-varnames: «[low, low]',
      'give each value a different name',
    ],
    'fewer names than known values': [
      'x-enum-varnames: [Spring, Autumn]',
      '«x-enum-varnames: [Spring]',
      '"x-enum-varnames" needs one entry for each of x-extensible-enum, which has 2',
    ],
    'a name with a dash': [
      '    Season:\n',
      '    «the-season:\n',
      'write a capital letter followed by letters and digits',
    ],
    'the name of the parameters of an operation': [
      '    Season:\n',
      '    «ListPlantsParameters:\n',
      '"ListPlantsParameters" is the name of a type that is generated for listPlants: rename the schema',
    ],
    'the name of the result of an operation': [
      '    Season:\n',
      '    «AddPlantResult:\n',
      '"AddPlantResult" is the name of a type that is generated for addPlant: rename the schema',
    ],
    'a name that the client has': ['    Season:\n', '    «Client:\n', typeName],
    'an in-band error without a name': [
      'properties: { petals: { type: integer } }',
      'properties: { petals: { type: integer } }\n          «x-in-band-error: { when: [{ petals: 1 }] }',
      'an error with a success status needs a name: write its schema under components/schemas',
    ],
    'required without properties': [
      'Height: {',
      'Bare: { type: object, «required: [a] }\n    Height: {',
      'add properties to this schema',
    ],
    'an unknown type': [
      'type: object\n      required: [kind]',
      'type: «objct\n      required: [kind]',
      'write "object" or "array" or "string" or "integer" or "number" or "boolean"',
    ],
    'an in-band error that cannot occur': [
      'when: [{ ok: false }]',
      'when: [{ «ok: true }]',
      '"ok" is never true: write false',
    ],
    'an in-band error with an unknown property': [
      'when: [{ ok: false }]',
      'when: [{ «okay: false }]',
      '"okay" is not a property of this schema: write one of ok, message',
    ],
    'null without quotes': [
      'Height: { type: number,',
      'Height: { type: [number, «null],',
      '"type[1]" is empty (null): write "null" in quotes',
    ],
    'a oneOf with null': [
      "                  - $ref: '#/components/schemas/Oops'\n",
      "                  - $ref: '#/components/schemas/Oops'\n                  - «type: 'null'\n",
      'for a schema or null, write anyOf: [ …, { type: "null" } ]',
    ],
    'properties without a type': [
      '    Plant:\n      type: object\n',
      '    «Plant:\n',
      '"type" is missing in "Plant": write type: object',
    ],
  },
  security: {
    'an API key': [
      'type: http\n      scheme: basic',
      'type: «apiKey\n      scheme: basic',
      'write http; API keys, OAuth and certificates are not supported',
    ],
    digest: ['scheme: basic', 'scheme: «digest', 'write "basic" or "bearer"'],
    'two schemes at once': [
      '- basicAuth: []\n  - bearerAuth: []',
      '- «basicAuth: []\n    bearerAuth: []',
      'write alternatives of one scheme each',
    ],
    scopes: ['- bearerAuth: []', '- bearerAuth: «[all]', 'write []'],
    'a user name on a bearer scheme': [
      'x-client: { token:',
      'x-client: { «username: { option: name }, token:',
      'leave it out for this scheme',
    ],
  },
}

describe.each(Object.entries(cases))('outside the profile: %s', (_, edits) => {
  it.each(Object.entries(edits))('%s is rejected at its place, with what to write instead', (_, edit) => {
    const { found, expected } = afterEdit(edit)
    expect(found).toEqual(expected)
  })
})

it('a name that two operations have is the only error, if a reference to one of them leads nowhere', () => {
  const text = garden.replace('operationId: listPlants', 'operationId: addPlant')
  expect(errorsIn(text).map(({ line, message }) => [line, message])).toEqual([
    [44, '"addPlant" is already the operationId of another operation: rename it. See spec/README.md#profile'],
  ])
})

describe('an unsupported keyword', () => {
  const profile = readFileSync(join(import.meta.dirname, '../../src/profile/profile.yaml'), 'utf8')
  const advice = Object.entries<string>(Object(parseYaml(profile)).instead).flatMap(([instead, words]) =>
    words.split(', ').map((word) => [word, instead] as const),
  )

  it('has one advice', () => {
    expect(new Set(advice.map(([word]) => word)).size).toBe(advice.length)
  })

  it.each(advice)('%s is rejected with the advice to %s', (word, instead) => {
    const { found, expected } = afterEdit(['title: Garden', `title: Garden\n  «${word}: {}`, instead])
    expect(found).toEqual(expected)
  })
})

describe('inside the profile', () => {
  it.each([
    ['the contract', installs],
    ['a contract that uses nearly all of it', garden],
    [
      'a required parameter for which no valid sample can be made up',
      garden.replace(
        'in: path, required: true, schema: { type: string } }',
        () => "in: path, required: true, schema: { type: string, pattern: '^[A-Z]+$' } }",
      ),
    ],
    [
      'a body with null as its first type',
      garden.replace('notes: { type: object,', "note: { type: ['null', string] }\n        notes: { type: object,"),
    ],
    [
      'a summary that is a folded or literal scalar',
      garden
        .replace(
          'operationId: addPlant',
          'operationId: addPlant\n      summary: >\n        Adds a plant\n        to a bed',
        )
        .replace('title: Garden', 'title: |\n    Garden'),
    ],
    [
      'an operation that overrides a parameter of its path',
      garden.replace(
        '        - { name: kind,',
        '        - { name: bed, in: path, required: true, schema: { type: integer } }\n        - { name: kind,',
      ),
    ],
    [
      'a schema whose name ends like that of a generated type',
      garden.replace('    Season:\n', '    SearchResult: {}\n    QueryParameters: {}\n    Season:\n'),
    ],
  ])('%s is accepted', (_, text) => {
    expect(errorsIn(text)).toEqual([])
  })
})
