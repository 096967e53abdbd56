import { describe, expect, it } from 'vitest'
import { afterEdit, type Edit, garden, real, refusals } from './support.ts'

/** A call, for a path that needs one. */
const listed = "get: { operationId: list, x-state-changing: false, responses: { '204': { description: None. } } }"

/** What is said of a text of several lines. */
const prose =
  'close each fence, write a <tag> in backticks, and leave out images, link definitions, control characters and (but in info) headings'

const cases: Record<string, Record<string, Edit>> = {
  document: {
    webhooks: [
      'paths:\n',
      '«webhooks: {}\npaths:\n',
      '"webhooks" is outside the profile: describe what a client calls',
    ],
    'another version of OpenAPI': [
      'openapi: 3.1.1',
      'openapi: «3.0.3',
      '"openapi": "3.0.3" is outside the profile: write 3.1.1',
    ],
    'a version that is not three numbers': [
      'version: 1.2.3',
      "version: «'1.0.0\\nconsole.log(1) //'",
      '"version": "1.0.0\\\\nconsole.log(1) //" is outside the profile: write three numbers, such as 1.2.3',
    ],
    'a version with a suffix': [
      'version: 1.2.3',
      'version: «1.2.3-rc.1',
      '"version": "1.2.3-rc.1" is outside the profile: write three numbers, such as 1.2.3',
    ],
    'a reference to another file': [
      "$ref: '#/components/parameters/page'",
      "$ref: «'./page.yaml'",
      '"$ref": "./page.yaml" is outside the profile: write #/components/parameters/<Name>',
    ],
    'a reference to a URL': [
      "items: { $ref: '#/components/schemas/Plant' }",
      "items: { $ref: «'https://garden.example/Plant' }",
      '"$ref": "https://garden.example/Plant" is outside the profile: write #/components/schemas/<Name>',
    ],
    'a reference into a schema': [
      "items: { $ref: '#/components/schemas/Plant' }",
      "items: { $ref: «'#/components/schemas/Rose/allOf/1' }",
      '"$ref": "#/components/schemas/Rose/allOf/1" is outside the profile: write #/components/schemas/<Name>',
    ],
    'a reference to a path': [
      "items: { $ref: '#/components/schemas/Plant' }",
      "items: { $ref: «'#/paths/~1beds' }",
      '"$ref": "#/paths/~1beds" is outside the profile: write #/components/schemas/<Name>',
    ],
    'a reference that leads nowhere': [
      "items: { $ref: '#/components/schemas/Plant' }",
      "items: { $ref: «'#/components/schemas/Weed' }",
      '"#/components/schemas/Weed" leads nowhere: there is no "Weed" in components/schemas',
    ],
    'a reference in the value of an example': [
      'value: { kind: rose, height: 1 }',
      'value: { «$ref: /etc/hostname }',
      '"$ref" is outside the profile: this is data and cannot refer to anything',
    ],
    'a reference among the examples': [
      'examples: { rose: { value: { kind: rose, petals: 5 } } }',
      "examples: { rose: { «$ref: '#/components/examples/rose' } }",
      '"$ref" is outside the profile: write it where it is used; schemas, parameters and responses can be referred to',
    ],
    'an example that stands elsewhere': [
      'rose: { value: { kind: rose, petals: 5 } }',
      'rose: { value: {}, «externalValue: https://garden.example/rose.json }',
      '"externalValue" is outside the profile: write the value',
    ],
    'a schema that contains itself': [
      'notes: { type: object, additionalProperties: { type: string } }',
      "notes: { type: object, additionalProperties: { $ref: «'#/components/schemas/Plant' } }",
      '"Plant" contains itself: a schema has an end in the profile',
    ],
    'a schema that contains itself through allOf': [
      'properties: { petals: { type: integer } }',
      "properties: { petals: { $ref: «'#/components/schemas/Rose' } }",
      '"Rose" contains itself: a schema has an end in the profile',
    ],
    'an unknown extension': [
      'operationId: addPlant',
      'operationId: addPlant\n      «x-state-chaning: true',
      '"x-state-chaning" is outside the profile: write one of summary, description, externalDocs, deprecated, x-evidence, operationId, tags, security, parameters, requestBody, responses, x-state-changing, x-lookup-operation',
    ],
    'a dialect of its own': [
      'openapi: 3.1.1',
      'openapi: 3.1.1\n«jsonSchemaDialect: https://garden.example',
      '"jsonSchemaDialect" is outside the profile: leave it out',
    ],
    'reusable examples': [
      '  parameters:\n    page:',
      '  «examples: {}\n  parameters:\n    page:',
      '"examples" is outside the profile: write it where it is used; schemas, parameters and responses can be referred to',
    ],
  },
  YAML: {
    'an anchor that is used': [
      'tags: [Beds]',
      'tags: &t [Beds]\n      summary: «*t',
      'an alias is outside the profile: write the value once more, or a $ref',
    ],
    'a merge key': [
      'tags: [Beds]',
      'tags: [Beds]\n      «<<: { deprecated: true }',
      'a merge key is outside the profile: write the fields once more, or a $ref',
    ],
    'a tag': ['tags: [Beds]', 'tags: [«!!str Beds]', '!!str is outside the profile: write a plain value'],
    'a hexadecimal number': [
      'height: 1 }',
      'height: «0x1F }',
      'the number 0x1F is outside the profile: JavaScript reads 31; write that, or a string',
    ],
    'a number that JavaScript rounds': [
      'height: 1 }',
      'height: «0.1000000000000000055 }',
      'the number 0.1000000000000000055 is outside the profile: JavaScript reads 0.1; write that, or a string',
    ],
    'an integer that JavaScript rounds': [
      'height: 1 }',
      'height: «9007199254740993 }',
      '"height": 9007199254740992 is outside the profile: JavaScript rounds it; write a string',
    ],
  },
  texts: {
    'raw HTML in a description': [
      'description: A contract inside the profile.',
      'description: «A <title>contract</title>.',
      `"description": "A <title>contract</title>." is outside the profile: ${prose}`,
    ],
    'a text that a terminal obeys': [
      'description: A contract inside the profile.',
      'description: «"\\e[2J"',
      `"description": "\\u001b[2J" is outside the profile: ${prose}`,
    ],
    'a block of code that the next text would be part of': [
      'description: A contract inside the profile.',
      'description: «"```sh\\npnpm mock\\n``"',
      `"description": "\`\`\`sh\\npnpm mock\\n\`\`" is outside the profile: ${prose}`,
    ],
    'a block of code that a shorter fence does not close': [
      'description: A contract inside the profile.',
      'description: «"~~~~\\n~~~"',
      `"description": "~~~~\\n~~~" is outside the profile: ${prose}`,
    ],
    'an image, which a page would ask somebody for': [
      'description: A contract inside the profile.',
      "description: «'*![a plant](https://garden.example/plant.png)*'",
      `"description": "*![a plant](https://garden.example/plant.png)*" is outside the profile: ${prose}`,
    ],
    'the address of links in other texts': [
      'description: A contract inside the profile.',
      "description: «'[plant]: https://garden.example'",
      `"description": "[plant]: https://garden.example" is outside the profile: ${prose}`,
    ],
    'a heading in a text that stands under one': [
      'description: The plants.',
      'description: «"# The plants"',
      `"description": "# The plants" is outside the profile: ${prose}`,
    ],
    'a separator of lines that only some programs see': [
      'description: The plants.',
      'description: «"The\\u2028plants"',
      `"description": "The\\u2028plants" is outside the profile: ${prose}`,
    ],
    'half a character, which no file can hold': [
      'value: { kind: rose, petals: 5 }',
      'value: { kind: rose, petals: 5, note: «"\\ud83c" }',
      '"note": "\\ud83c" is outside the profile: write whole characters, and none that turns the direction of text',
    ],
    'a name with a sign that turns the direction of text': [
      'value: { kind: rose, petals: 5 }',
      'value: { kind: rose, petals: 5, «"\\u202enote": 1 }',
      '"\\u202enote" is outside the profile: write whole characters, and none that turns the direction of text',
    ],
    'a summary of two lines': [
      'operationId: addPlant',
      'operationId: addPlant\n      summary: «"a\\nb"',
      '"summary": "a\\nb" is outside the profile: write one line without HTML, images, headings, definitions and control characters',
    ],
    'a link that is no URL': [
      'operationId: addPlant',
      'operationId: addPlant\n      externalDocs: { url: «javascript:alert(1) }',
      '"url": "javascript:alert(1)" is outside the profile: write an absolute URL',
    ],
    'terms of service': [
      'title: Garden',
      'title: Garden\n  «termsOfService: https://garden.example',
      '"termsOfService" is outside the profile: put it into the description',
    ],
    'a single example': [
      'Height: { type: number,',
      'Height: { type: number, «example: 1,',
      '"example" is outside the profile: give it a name in examples; in a schema write a list of examples',
    ],
  },
  servers: {
    'a server with a path': [
      'url: https://garden.example',
      'url: «https://garden.example/api/v3',
      '"url": "https://garden.example/api/v3" is outside the profile: write scheme and host alone; a path belongs into each of paths',
    ],
    'a server twice': [
      '  - url: https://garden.example\n',
      '  - url: https://garden.example\n  - «url: https://garden.example\n',
      '"https://garden.example" is there twice',
    ],
    'a relative server': [
      'url: https://garden.example',
      'url: «/api',
      '"url": "/api" is outside the profile: write scheme and host alone; a path belongs into each of paths',
    ],
    'a server with a variable': [
      'url: https://garden.example',
      'url: «https://{host}.example',
      '"url": "https://{host}.example" is outside the profile: write scheme and host alone; a path belongs into each of paths',
    ],
    'a server with a slash at its end': [
      'url: https://garden.example',
      'url: «https://garden.example/',
      '"url": "https://garden.example/" is outside the profile: write scheme and host alone; a path belongs into each of paths',
    ],
    'servers of a path': [
      '    parameters:\n      - { name: bed',
      '    «servers: []\n    parameters:\n      - { name: bed',
      '"servers" is outside the profile: list the servers at the top, each with its whole address',
    ],
    'servers of an operation': [
      'operationId: addPlant',
      'operationId: addPlant\n      «servers: []',
      '"servers" is outside the profile: list the servers at the top, each with its whole address',
    ],
    'server variables': [
      '- url: https://garden.example',
      '- url: https://garden.example\n    «variables: {}',
      '"variables" is outside the profile: list the servers at the top, each with its whole address',
    ],
  },
  paths: {
    'a query in a path': [
      'paths:\n',
      'paths:\n  «/q?action=list: {}\n',
      '"/q?action=list" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'a fragment in a path': [
      'paths:\n',
      'paths:\n  «/q#list: {}\n',
      '"/q#list" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'two placeholders in a segment': [
      'paths:\n',
      "paths:\n  «'/{from}-{to}': {}\n",
      '"/{from}-{to}" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'a placeholder with a dot, which Prism does not find': [
      'paths:\n',
      "paths:\n  «'/seeds/{a.b}': {}\n",
      '"/seeds/{a.b}" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'a placeholder that is not declared': [
      '  /beds/{bed}/plants:\n',
      '  /seeds/{id}:\n    «get: { operationId: getSeed, x-state-changing: false, responses: { "204": { description: Ok } } }\n  /beds/{bed}/plants:\n',
      '{id} is not declared: add a parameter with in: path',
    ],
    'a placeholder twice': [
      'paths:\n',
      `paths:\n  «'/seeds/{a}/{a}': { parameters: [{ name: a, in: path, required: true, schema: { type: string } }], ${listed} }\n`,
      '{a} stands twice in the path: give each a name of its own',
    ],
    'two paths for the same requests': [
      '  /beds/{bed}/plants:\n',
      `  /beds/{name}/plants: { parameters: [{ name: name, in: path, required: true, schema: { type: string } }], ${listed} }\n  «/beds/{bed}/plants:\n`,
      '"/beds/{bed}/plants" and "/beds/{name}/plants" take the same requests: tell them apart by a literal segment',
    ],
    'a placeholder that takes the pages': [
      'paths:\n',
      "paths:\n  «'/{page}': {}\n",
      '"/{page}" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'a path without a call': [
      'paths:\n',
      'paths:\n  «/seeds: {}\n',
      '"/seeds" has no call: describe one, or leave the path out',
    ],
    'a path elsewhere': [
      'paths:\n',
      "paths:\n  /seeds: { «$ref: '#/paths/x' }\n",
      '"$ref" is outside the profile: write it where it is used; schemas, parameters and responses can be referred to',
    ],
    'a path of the mock': [
      'paths:\n',
      'paths:\n  «/__mock/health: {}\n',
      '"/__mock/health" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'a page at the top': [
      'paths:\n',
      'paths:\n  «/index.html: {}\n',
      '"/index.html" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'the root': [
      'paths:\n',
      'paths:\n  «/: {}\n',
      '"/" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
    'a segment of dots': [
      'paths:\n',
      'paths:\n  «/a/../b: {}\n',
      '"/a/../b" is outside the profile: write segments of letters, digits, "_", ".", "~" and "-", after the first {name} too, which has no "."; a query belongs into parameters',
    ],
  },
  operations: {
    TRACE: [
      '    post:\n',
      '    «trace: {}\n    post:\n',
      '"trace" is outside the profile: leave it out; fetch cannot send it',
    ],
    HEAD: [
      '    post:\n',
      '    «head: {}\n    post:\n',
      '"head" is outside the profile: leave it out; the mock answers HEAD as GET',
    ],
    OPTIONS: ['    post:\n', '    «options: {}\n    post:\n', '"options" is outside the profile: leave it out'],
    callbacks: [
      'operationId: addPlant',
      'operationId: addPlant\n      «callbacks: {}',
      '"callbacks" is outside the profile: describe what a client calls',
    ],
    'no operationId': [
      '    post:\n      operationId: addPlant\n',
      '    «post:\n',
      '"operationId" is missing in "post": write a camelCase name that no object has; a method is called so',
    ],
    'an operationId that is no camelCase': [
      'operationId: addPlant',
      'operationId: «add-plant',
      '"operationId": "add-plant" is outside the profile: write a camelCase name that no object has; a method is called so',
    ],
    'an operationId that ends a comment': [
      'operationId: addPlant',
      "operationId: «'a*/b'",
      '"operationId": "a*/b" is outside the profile: write a camelCase name that no object has; a method is called so',
    ],
    'an operationId of every object': [
      'operationId: addPlant',
      'operationId: «toString',
      '"operationId": "toString" is outside the profile: write a camelCase name that no object has; a method is called so',
    ],
    'an operationId that JSON calls': [
      'operationId: addPlant',
      'operationId: «toJSON',
      '"operationId": "toJSON" is outside the profile: write a camelCase name that no object has; a method is called so',
    ],
    'two operations of one id': [
      '    post:\n',
      '    put: { «operationId: addPlant, x-state-changing: true, responses: { "204": { description: Ok } } }\n    post:\n',
      '"addPlant" is there twice',
    ],
    'two operations whose ids differ in case alone': [
      '    post:\n',
      '    put: { «operationId: addplant, x-state-changing: true, responses: { "204": { description: Ok } } }\n    post:\n',
      '"addplant" is there twice',
    ],
    'a tag that is not declared': [
      'tags: [Beds]',
      'tags: [«Seeds]',
      '"Seeds" is not declared: add it to tags at the top',
    ],
    'no x-state-changing': [
      '    post:\n      operationId: addPlant\n      x-state-changing: true\n',
      '    «post:\n      operationId: addPlant\n',
      '"x-state-changing" is missing in "post": write whether the call changes anything on the server',
    ],
    'a body of GET': [
      '      tags: [Beds]\n',
      '      tags: [Beds]\n      «requestBody: {}\n',
      '"requestBody" is outside the profile: fetch sends no body with GET',
    ],
    'an x-lookup-operation that leads nowhere': [
      'x-lookup-operation: listPlants',
      'x-lookup-operation: «listWeeds',
      'there is no operation "listWeeds": name one of listPlants',
    ],
    'an x-lookup-operation that changes something': [
      'x-lookup-operation: listPlants',
      'x-lookup-operation: «addPlant',
      '"addPlant" changes something itself: name a call that does not',
    ],
    'an x-lookup-operation of a call that changes nothing': [
      'tags: [Beds]\n      x-',
      'tags: [Beds]\n      «x-lookup-operation: listPlants\n      x-',
      '"x-lookup-operation" belongs to a call that changes something: this one can simply be made again',
    ],
  },
  parameters: {
    'a cookie': [
      '{ name: X-Trace, in: header',
      '{ name: X-Trace, in: «cookie',
      '"in": "cookie" is outside the profile: write "path" or "query" or "header"',
    ],
    'a style': [
      '- { name: kind, in: query,',
      '- { name: kind, in: query, «style: deepObject,',
      '"style" is outside the profile: leave it out; a list is its name repeated',
    ],
    explode: [
      '- { name: kind, in: query,',
      '- { name: kind, in: query, «explode: false,',
      '"explode" is outside the profile: leave it out; a list is its name repeated',
    ],
    'content in place of a schema': [
      '- { name: X-Trace, in: header, schema: { type: string } }',
      '- { name: X-Trace, in: header, schema: { type: string }, «content: {} }',
      '"content" is outside the profile: write one of in, required, description, deprecated, schema, x-evidence, name, examples, x-client',
    ],
    'an object in the query': [
      'schema: { type: array, items: { type: string } }',
      'schema: { type: «object }',
      '"type": "object" is outside the profile: write string, integer, number or boolean',
    ],
    'a list of lists in the query': [
      'schema: { type: array, items: { type: string } }',
      'schema: { type: array, items: { type: «array, items: {} } }',
      '"type": "array" is outside the profile: write string, integer, number or boolean',
    ],
    'a list in a header': [
      'in: header, schema: { type: string }',
      'in: header, schema: { type: «array, items: {} }',
      '"type": "array" is outside the profile: write string, integer, number or boolean',
    ],
    'a parameter that refers to an object': [
      'in: header, schema: { type: string }',
      "in: header, «schema: { $ref: '#/components/schemas/Plant' }",
      'a parameter or header is a string, an integer, a number or a boolean',
    ],
    'a name with a fragment': [
      'name: kind',
      "name: «'filter#tag'",
      '"name": "filter#tag" is outside the profile: use letters, digits, "_", "." and "-", and no name that every object has',
    ],
    'a name that is a number': [
      'name: kind',
      'name: «0',
      '"name": 0 is outside the profile: write a name, a number in quotes',
    ],
    'a name that every object has': [
      'name: kind',
      'name: «valueOf',
      '"name": "valueOf" is outside the profile: use letters, digits, "_", "." and "-", and no name that every object has',
    ],
    'a name of a header that every object has': [
      'name: X-Trace',
      'name: «Constructor',
      '"name": "Constructor" is outside the profile: leave it out or rename it; HTTP, the client, the mock or every object has this name',
    ],
    'a scenario that no path can ask for': [
      'in: path, required: true, schema: { type: string } }',
      'in: path, required: true, schema: { type: string }, examples: { few: { value: «.. } } }',
      '"value": ".." is outside the profile: no path has it',
    ],
    'a value that no path can have': [
      'in: path, required: true, schema: { type: string } }',
      "in: path, required: true, «schema: { type: string, examples: [a, ''] } }",
      'a path carries no empty segment and none of dots: change const, enum or examples',
    ],
    'a scenario that no header can ask for': [
      '{ name: X-Trace, in: header,',
      "{ name: X-Trace, in: header, examples: { few: { value: «' a' } },",
      '"value": " a" is outside the profile: write printable ASCII',
    ],
    'a scenario that no query can ask for': [
      '- { name: kind, in: query,',
      '- { name: kind, in: query, examples: { few: { value: «[] } },',
      '"value" is outside the profile: write an item; a query that repeats a name no times does not have it',
    ],
    'a list that no query can have': [
      'schema: { type: array, items: { type: string } } }\n        - name: limit',
      'schema: { type: array, items: { type: string }, examples: [«[]] } }\n        - name: limit',
      '"examples[0]" is outside the profile: write an item; a query that repeats a name no times does not have it',
    ],
    'the header Accept': [
      'name: X-Trace',
      'name: «Accept',
      '"name": "Accept" is outside the profile: leave it out or rename it; HTTP, the client, the mock or every object has this name',
    ],
    'a header with which the mock is asked for a fault': [
      'name: X-Trace',
      'name: «Mock-Fault',
      '"name": "Mock-Fault" is outside the profile: leave it out or rename it; HTTP, the client, the mock or every object has this name',
    ],
    'the header Content-Type': [
      'name: X-Trace',
      'name: «Content-Type',
      '"name": "Content-Type" is outside the profile: leave it out or rename it; HTTP, the client, the mock or every object has this name',
    ],
    'the header Authorization': [
      'name: X-Trace',
      'name: «Authorization',
      '"name": "Authorization" is outside the profile: leave it out or rename it; HTTP, the client, the mock or every object has this name',
    ],
    'an optional path parameter': [
      'in: path, required: true',
      'in: path, required: «false',
      '"required": false is outside the profile: write required: true; a path has all of its segments',
    ],
    'two parameters of one name': [
      '- { name: kind, in: query, schema: { type: array, items: { type: string } } }\n        - name: limit',
      '- { name: Limit, in: query, schema: { type: string } }\n        - «name: limit',
      '"limit" is there twice',
    ],
    'a parameter called body beside a body': [
      '      requestBody:\n',
      '      parameters:\n        - «{ name: body, in: query, schema: { type: string } }\n      requestBody:\n',
      '"body" is there twice',
    ],
    'an option that every client has': [
      'x-client: { option: limit }',
      'x-client: { option: «fetch }',
      '"option": "fetch" is outside the profile: write a camelCase name that neither every client nor every object has',
    ],
    'an option that every object has': [
      'x-client: { option: limit }',
      'x-client: { option: «toString }',
      '"option": "toString" is outside the profile: write a camelCase name that neither every client nor every object has',
    ],
    'one option for two things': [
      'token: { option: token,',
      'token: { option: «user,',
      '"user" means something else already: choose another name',
    ],
    'one environment variable for two options': [
      'x-client: { option: limit }',
      'x-client: { option: limit, env: «GARDEN_URL }',
      '"GARDEN_URL" means something else already: choose another name',
    ],
    'an environment variable for a list': [
      '- { name: kind, in: query,',
      '- { name: kind, in: query, x-client: { option: kind, «env: KIND },',
      '"env" is outside the profile: leave it out; no variable holds a list',
    ],
    'an option that a credential has without saying so': [
      'x-client: { option: limit }',
      'x-client: { option: «username }',
      '"option": "username" is outside the profile: write a name that no credential has',
    ],
    'an option beside itself': [
      'requires: baseUrl',
      'requires: «token',
      '"token" needs another one itself: name an option that does not',
    ],
    'an option beside one that is not there': ['requires: baseUrl', 'requires: «base', 'there is no option "base"'],
  },
  bodies: {
    'a form': [
      '          application/json:\n            schema: { $ref',
      '          «application/x-www-form-urlencoded:\n            schema: { $ref',
      '"application/x-www-form-urlencoded" is outside the profile: write application/json and no other media type',
    ],
    'many parts': [
      '          application/json:\n            schema: { $ref',
      '          «multipart/form-data:\n            schema: { $ref',
      '"multipart/form-data" is outside the profile: write application/json and no other media type',
    ],
    'an image': [
      '            application/json:\n              schema: { type',
      '            «image/png:\n              schema: { type',
      '"image/png" is outside the profile: write application/json and no other media type',
    ],
    'any type': [
      '            application/json:\n              schema: { type',
      '            «"*/*":\n              schema: { type',
      '"*/*" is outside the profile: write application/json and no other media type',
    ],
    'JSON of another name': [
      '            application/json:\n              schema: { type',
      '            «application/problem+json:\n              schema: { type',
      '"application/problem+json" is outside the profile: write application/json and no other media type',
    ],
    'CSV beside JSON': [
      '          content:\n            application/json:\n              schema: { type',
      '          content:\n            «text/csv: {}\n            application/json:\n              schema: { type',
      '"text/csv" is outside the profile: write application/json and no other media type',
    ],
    'a body that may be null': [
      "schema: { type: array, items: { $ref: '#/components/schemas/Plant' } }",
      "«schema: { anyOf: [{ type: object }, { type: 'null' }] }",
      'a body is an object or a list: wrap the value into an object',
    ],
    'a body that is a text': [
      "schema: { type: array, items: { $ref: '#/components/schemas/Plant' } }",
      '«schema: { type: string }',
      'a body is an object or a list: wrap the value into an object',
    ],
    'a body that is false': [
      "schema: { type: array, items: { $ref: '#/components/schemas/Plant' } }",
      'schema: «false',
      '"schema": false is outside the profile: write a schema; {} takes any value',
    ],
    'how a form is encoded': [
      '            examples: { rose: { value: { kind',
      '            «encoding: {}\n            examples: { rose: { value: { kind',
      '"encoding" is outside the profile: leave it out',
    ],
    'a reusable body': [
      '      requestBody:\n        required: true\n',
      "      requestBody:\n        «$ref: '#/components/requestBodies/plant'\n        required: true\n",
      '"$ref" is outside the profile: write it where it is used; schemas, parameters and responses can be referred to',
    ],
  },
  responses: {
    'a range of statuses': [
      "'204': {",
      "«'2XX': {",
      '"2XX" is outside the profile: write statuses of three digits, one 2xx at least, and default for errors',
    ],
    'a list in a header': [
      'X-Total: { schema: { type: integer } }',
      'X-Total: { schema: { type: «array, items: {} } }',
      '"type": "array" is outside the profile: write string, integer, number or boolean',
    ],
    'a header that frames the message': [
      'X-Total:',
      '«Transfer-Encoding:',
      '"Transfer-Encoding" is outside the profile: leave it out or rename it; HTTP, the mock or every object has this name',
    ],
    'a header with letters that none can carry': [
      'headers: { X-Total: { schema: { type: integer } } }',
      'headers: { X-Total: { «schema: { type: string, enum: [größer] } } }',
      'a header carries printable ASCII: change const, enum or examples',
    ],
    'a header that encodes the body': [
      'X-Total:',
      '«Content-Encoding:',
      '"Content-Encoding" is outside the profile: leave it out or rename it; HTTP, the mock or every object has this name',
    ],
    links: [
      'description: It was there. }',
      'description: It was there., «links: {} }',
      '"links" is outside the profile: put it into the description',
    ],
    'a body of 204': [
      "'204': { description: It was there. }",
      "'204': { description: It was there., «content: {} }",
      '"content" is outside the profile: this status has no body',
    ],
    'no success': [
      "      responses:\n        '200':",
      "      «responses:\n        '300':",
      '"responses" is outside the profile: write statuses of three digits, one 2xx at least, and default for errors',
    ],
    'a success that is always an error': [
      "        '204': { description: It was there. }",
      "        «'200': { description: Oops., content: { application/json: { schema: { $ref: '#/components/schemas/Oops' } } } }",
      'nothing but an error can come with this status: describe a success too',
    ],
    'an outcome that nobody knows': [
      'is: rejected,',
      'is: «done,',
      '"is": "done" is outside the profile: write "rejected" or "unknown"',
    ],
    'an outcome without evidence': [
      'x-outcome: { is: rejected, evidence: assumed,',
      '«x-outcome: { is: rejected,',
      '"evidence" is missing in "x-outcome"',
    ],
    'a next example that is not there': [
      'x-next: none',
      'x-next: «nothing',
      'there is no example "nothing": name one of few, none',
    ],
    'a next example of a parameter': [
      'few: { value: 1 }',
      'few: { value: 1, «x-next: few }',
      '"x-next" is outside the profile: write one of value',
    ],
    'a summary of an example of a parameter, which no page shows': [
      'few: { value: 1 }',
      'few: { «summary: A few, value: 1 }',
      '"summary" is outside the profile: write one of value',
    ],
    'a description of an example, which no page shows': [
      'none: { value: [] }',
      'none: { value: [], «description: None at all. }',
      '"description" is outside the profile: write one of summary, value, x-next',
    ],
    'a sequence that never ends': [
      'none: { value: [] }',
      'none: { value: [], x-next: «few }',
      '"none" comes round again: a sequence has an end, and its last example stays',
    ],
    'an example that comes after itself': [
      'none: { value: [] }',
      'none: { value: [], x-next: «none }',
      '"none" comes round again: a sequence has an end, and its last example stays',
    ],
    'an outcome where no error comes': [
      "'204': { description: It was there. }",
      "'204': { description: It was there., «x-outcome: { is: rejected, evidence: assumed, advice: Wait. } }",
      '"x-outcome" speaks of an error, and none comes with this status: leave it out',
    ],
    'an outcome of a shared response where no error comes': [
      "'204': { description: It was there. }",
      "«'204': { $ref: '#/components/responses/lost' }",
      '"x-outcome" speaks of an error, and none comes with this status: leave it out',
    ],
    'an example that does not fit': [
      'few: { value: [], x-next: none }',
      'few: { value: «{}, x-next: none }',
      'the example does not match its schema: must be array',
    ],
    'an example of a choice that does not fit': [
      'value: { kind: rose, petals: 5 }',
      "value: «{ kind: rose, petals: '5' }",
      'the example does not match its schema: /petals must be integer',
    ],
  },
  schemas: {
    'a discriminator': [
      '    Rose:\n      allOf:',
      '    Rose:\n      «discriminator: { propertyName: kind }\n      allOf:',
      '"discriminator" is outside the profile: tell the members apart by a const',
    ],
    not: [
      'Height: { type: number,',
      'Height: { type: number, «not: {},',
      '"not" is outside the profile: write oneOf of named objects, each with a const or a required property of its own',
    ],
    if: [
      'Height: { type: number,',
      'Height: { type: number, «if: {},',
      '"if" is outside the profile: write oneOf of named objects, each with a const or a required property of its own',
    ],
    prefixItems: [
      "schema: { type: array, items: { $ref: '#/components/schemas/Plant' } }",
      "schema: { type: array, «prefixItems: [], items: { $ref: '#/components/schemas/Plant' } }",
      '"prefixItems" is outside the profile: write a list of one kind of items, or an object',
    ],
    dependentRequired: [
      '      type: object\n      required: [kind]',
      '      type: object\n      «dependentRequired: {}\n      required: [kind]',
      '"dependentRequired" is outside the profile: put it into the description',
    ],
    patternProperties: [
      'notes: { type: object,',
      'notes: { type: object, «patternProperties: {},',
      '"patternProperties" is outside the profile: write properties, or additionalProperties alone',
    ],
    unevaluatedProperties: [
      'notes: { type: object,',
      'notes: { type: object, «unevaluatedProperties: false,',
      '"unevaluatedProperties" is outside the profile: write properties, or additionalProperties alone',
    ],
    multipleOf: [
      'Height: { type: number,',
      'Height: { type: number, «multipleOf: 0.01,',
      '"multipleOf" is outside the profile: put it into the description',
    ],
    exclusiveMinimum: [
      'Height: { type: number,',
      'Height: { type: number, «exclusiveMinimum: 0,',
      '"exclusiveMinimum" is outside the profile: write minimum and maximum',
    ],
    readOnly: [
      'Height: { type: number,',
      'Height: { type: number, «readOnly: true,',
      '"readOnly" is outside the profile: write a schema for the request and one for the answer',
    ],
    writeOnly: [
      'Height: { type: number,',
      'Height: { type: number, «writeOnly: true,',
      '"writeOnly" is outside the profile: write a schema for the request and one for the answer',
    ],
    default: [
      'Height: { type: number,',
      'Height: { type: number, «default: 1,',
      '"default" is outside the profile: put it into the description',
    ],
    nullable: [
      'Height: { type: number,',
      'Height: { type: number, «nullable: true,',
      '"nullable" is outside the profile: write type: [ …, "null" ]',
    ],
    'additionalProperties beside properties': [
      '    Oops:\n      type: object\n',
      '    Oops:\n      type: object\n      «additionalProperties: false\n',
      '"additionalProperties" is outside the profile: leave it out; an object may have more properties',
    ],
    'anyOf beside properties': [
      '    Plant:\n      type: object\n',
      "    Plant:\n      anyOf: [{}, { type: 'null' }]\n      «type: object\n",
      '"type", "required", "properties" are outside the profile: write a schema and { type: "null" }; a choice of objects is oneOf',
    ],
    'a choice of two objects where one is to be null': [
      "anyOf: [{ $ref: '#/components/schemas/Height' }, { type: 'null' }]",
      "anyOf: [{ $ref: '#/components/schemas/Height' }, «{ $ref: '#/components/schemas/Plant' }]",
      '"anyOf[1]" is outside the profile: write { type: "null" } as the second',
    ],
    'a limit that is a text': [
      'Height: { type: number, minimum: 0 }',
      "Height: { type: number, minimum: «'0' }",
      '"minimum": "0" is outside the profile: write a number that JavaScript does not round',
    ],
    'a choice that is no object': [
      "                  - $ref: '#/components/schemas/Rose'\n",
      "                  - «$ref: '#/components/schemas/Height'\n",
      'a member of oneOf is an object, described by properties or allOf',
    ],
    'a choice that nothing tells apart': [
      "                  - $ref: '#/components/schemas/Oops'\n",
      "                  - $ref: '#/components/schemas/Oops'\n                  - «$ref: '#/components/schemas/Plant'\n",
      'nothing tells this member from the others: require a property that they lack, or one with another const',
    ],
    'a choice of something that is no schema': [
      "                  - $ref: '#/components/schemas/Oops'\n",
      "                  - $ref: '#/components/schemas/Oops'\n                  - «Oops\n",
      '"oneOf[2]": "Oops" is outside the profile: write a $ref to an object under components/schemas',
    ],
    'a choice without names': [
      "                  - $ref: '#/components/schemas/Rose'\n",
      '                  - «type: object\n',
      '"$ref" is missing in "oneOf[0]": write a $ref to an object under components/schemas',
    ],
    'one schema in allOf': [
      "      allOf:\n        - $ref: '#/components/schemas/Plant'\n        - type",
      '      allOf:\n        «- type',
      '"allOf" is outside the profile: write two members or more; notes can stand beside a single $ref',
    ],
    'members that disagree': [
      "      allOf:\n        - $ref: '#/components/schemas/Plant'\n",
      "      «allOf:\n        - $ref: '#/components/schemas/Plant'\n        - { type: object, properties: { kind: { type: boolean } } }\n",
      'the members disagree on "kind", no value fits: give it one type and const',
    ],
    'a property that every object has': [
      'notes: { type',
      'notes: { type: object, properties: { «constructor: {} } }\n        more: { type',
      '"constructor" is outside the profile: this name has a meaning of its own; leave it out',
    ],
    'required without its property': [
      'required: [kind]',
      'required: [«colour]',
      '"colour" is required, but no property beside it: describe it there',
    ],
    'a limit of the wrong type': [
      'kind: { type: string, minLength: 1,',
      'kind: { type: string, «minimum: 1,',
      '"minimum" is outside the profile: leave it out, or change the type',
    ],
    'limits that nothing fits': [
      'minimum: 1, maximum: 100',
      'minimum: 101, «maximum: 100',
      'no value fits: "minimum" is above "maximum"',
    ],
    'a pattern that JavaScript does not take': [
      "pattern: '^[a-z]+$'",
      "pattern: «'(?<'",
      '"pattern": "(?<" is outside the profile: write an expression that JavaScript takes with the flag u',
    ],
    'a format that nobody checks': [
      'kind: { type: string,',
      'kind: { type: string, format: «plant,',
      '"format": "plant" is outside the profile: write "date" or "date-time" or "double" or "email" or "float" or "hostname" or "int32" or "int64" or "ipv4" or "ipv6" or "uri" or "uuid"',
    ],
    'several types with an object': [
      'Height: { type: number, minimum: 0 }',
      "Height: { type: [«object, 'null'] }",
      '"type[0]": "object" is outside the profile: write "string" or "integer" or "number" or "boolean" or "null"',
    ],
    'a const of null': [
      'const: false',
      'const: «null',
      '"const" is outside the profile: write a string, a number or a boolean',
    ],
    'const beside enum': [
      'ok: { type: boolean, const: false }',
      'ok: { type: boolean, const: false, «enum: [false] }',
      '"enum" is outside the profile: write one of const, enum and x-extensible-enum',
    ],
    'a type without a value in the enum': [
      'Height: { type: number, minimum: 0 }',
      "Height: { type: [number, 'null'], «enum: [1] }",
      'no value of "enum" is of type null: add one, or leave the type out',
    ],
    'an enum value of another type': [
      'Height: { type: number, minimum: 0 }',
      'Height: { type: number, «enum: [one] }',
      '"one" is no number: change the value or the type',
    ],
    'equal names of known values': [
      'x-enum-varnames: [Spring, Autumn]',
      'x-enum-varnames: «[low, low]',
      '"x-enum-varnames" is outside the profile: give each value a name of its own',
    ],
    'fewer names than known values': [
      'x-enum-varnames: [Spring, Autumn]',
      '«x-enum-varnames: [Spring]',
      '"x-enum-varnames" needs one entry for each of x-extensible-enum, which has 2',
    ],
    'a name with a dash': [
      '    Season:\n',
      '    «the-season:\n',
      '"the-season" is outside the profile: write a capital, letters and digits, and no name that the client or TypeScript has',
    ],
    'a name that the client has': [
      '    Season:\n',
      '    «Client:\n',
      '"Client" is outside the profile: write a capital, letters and digits, and no name that the client or TypeScript has',
    ],
    'a name that TypeScript has': [
      '    Season:\n',
      '    «Promise:\n',
      '"Promise" is outside the profile: write a capital, letters and digits, and no name that the client or TypeScript has',
    ],
    'an in-band error without a name': [
      'properties: { petals: { type: integer } }',
      'properties: { petals: { type: integer } }\n          «x-in-band-error: { when: [{ petals: 1 }] }',
      'an error with a success status needs a name: write its schema under components/schemas',
    ],
    'required without properties': [
      'Height: {',
      'Bare: { type: object, «required: [a] }\n    Height: {',
      '"required" is outside the profile: describe properties beside it',
    ],
    'a type that there is not': [
      'type: object\n      required: [kind]',
      'type: «objct\n      required: [kind]',
      '"type": "objct" is outside the profile: write "object" or "array" or "string" or "integer" or "number" or "boolean"',
    ],
    'an in-band error inside another schema': [
      '    Height: {',
      "    Worse: { allOf: [«{ $ref: '#/components/schemas/Oops' }, { type: object }] }\n    Height: {",
      'an error is no part of another schema: write it as a member of oneOf',
    ],
    'a name that would break the line': [
      'when: [{ ok: false }]',
      'when: [{ «"a\\nb\\e[2J": false }]',
      '"a\\u000ab\\u001b[2J" is no property of this schema: name one of ok, message',
    ],
    'an in-band error that never comes': [
      'when: [{ ok: false }]',
      'when: [{ «ok: true }]',
      '"ok" is never true: write a value that it can have',
    ],
    'an in-band error whose message is no text': [
      'message: message }',
      '«message: ok }',
      '"ok" cannot be read as the message: name a property that is string',
    ],
    'the name of a type that is generated for an operation': [
      '    Height: {',
      '    «AddPlantResult: { type: string }\n    Height: {',
      '"AddPlantResult" is the name of a type that is generated for addPlant: rename the schema',
    ],
    'two names that differ in case alone': [
      '    Height: {',
      '    «PLANT: { type: string }\n    Height: {',
      '"PLANT" is there twice',
    ],
    'an example of two kinds at once': [
      '{ rose: { value: { kind: rose, petals: 5 } } }',
      '{ rose: { value: «{ kind: rose, petals: 5, ok: false } } }',
      'the example does not match its schema: must match exactly one schema in oneOf',
    ],
    'an example that does not fit its schema': [
      'Height: { type: number, minimum: 0 }',
      'Height: { type: number, minimum: 0, examples: [1, «-1] }',
      'the example does not match its schema: must be >= 0',
    ],
    'an in-band error of no property': [
      'when: [{ ok: false }]',
      'when: [{ «okay: false }]',
      '"okay" is no property of this schema: name one of ok, message',
    ],
  },
  security: {
    'an API key': [
      'type: http\n      scheme: basic',
      'type: «apiKey\n      scheme: basic',
      '"type": "apiKey" is outside the profile: write http; keys, OAuth and certificates are not supported',
    ],
    OAuth: [
      'type: http\n      scheme: basic',
      'type: «oauth2\n      scheme: basic',
      '"type": "oauth2" is outside the profile: write http; keys, OAuth and certificates are not supported',
    ],
    'mutual TLS': [
      'type: http\n      scheme: basic',
      'type: «mutualTLS\n      scheme: basic',
      '"type": "mutualTLS" is outside the profile: write http; keys, OAuth and certificates are not supported',
    ],
    digest: [
      'scheme: basic',
      'scheme: «digest',
      '"scheme": "digest" is outside the profile: write "basic" or "bearer"',
    ],
    'two schemes at once': [
      '- basicAuth: []\n  - bearerAuth: []',
      '- «basicAuth: []\n    bearerAuth: []',
      '"security[0]" is outside the profile: write alternatives of one scheme each',
    ],
    scopes: ['- bearerAuth: []', '- bearerAuth: «[all]', '"bearerAuth" is outside the profile: write []'],
    'a scheme that is not declared': [
      '- bearerAuth: []',
      '- «tokenAuth: []',
      '"tokenAuth" is not declared: add it to components/securitySchemes',
    ],
    'two schemes of one kind': [
      '    bearerAuth:\n      type: http\n      scheme: bearer\n      x-client: { token: { option: token, requires: baseUrl } }',
      '    «bearerAuth:\n      type: http\n      scheme: basic',
      '"basic" is there twice',
    ],
    'a user name beside a token': [
      'x-client: { token:',
      'x-client: { «username: { option: name }, token:',
      '"username" is outside the profile: leave it out for this scheme',
    ],
  },
}

describe.each(Object.entries(cases))('outside the profile: %s', (_, edits) => {
  it.each(Object.entries(edits))('%s is refused at its place, with what to write instead', (_, edit) => {
    const { found, due } = afterEdit(edit)
    expect(found).toEqual(due)
  })
})

/** The garden with two members of a schema that each say what a height is. */
const members = (...types: string[]) => {
  const [one, two] = types.map((type) => `{ type: object, properties: { height: { type: ${type} } } }`)
  return garden.replace('    Season:\n', () => `    Hedge: { allOf: [${one}, ${two}] }\n    Season:\n`)
}

describe('inside the profile', () => {
  it.each([
    [
      'an optional parameter, of which no value is shown,',
      garden.replace('in: query, schema: { type: integer } }', 'in: query, schema: { type: string, format: date } }'),
    ],
    [
      'a body of which a named example is shown',
      garden.replace(
        "schema: { $ref: '#/components/schemas/Plant' }\n            examples: { rose: { value: { kind: rose, height: 1 } } }",
        "schema: { type: object, required: [at], properties: { at: { type: string, format: date } } }\n            examples: { rose: { value: { at: '2026-01-01' } } }",
      ),
    ],
    ['the contract', real],
    ['a contract that uses nearly all of it', garden],
    [
      'a text with headings of its own, and code between fences',
      garden.replace(
        'A contract inside the profile.',
        () => '"# A\\n\\n```sh\\n``\\n```\\n\\n- ~~~~\\n  ~~~\\n  ~~~~\\n\\n## B"',
      ),
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
      garden.replace(
        '    Height: {',
        '    SearchResult: { type: string }\n    QueryParameters: { type: string }\n    Height: {',
      ),
    ],
    ['a member that wants an integer where another one takes any number', members('number', 'integer')],
    ['a member that takes any number where another one wants an integer', members('integer', 'number')],
  ])('%s has nothing to refuse', (_, text) => {
    expect(refusals(text)).toEqual([])
  })
})
