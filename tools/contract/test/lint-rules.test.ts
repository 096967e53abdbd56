import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BaseResolver, createConfig, lintDocument, makeDocumentFromString, parseYaml } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import plugin from '../src/lint-rules/plugin.ts'

const spec = join(import.meta.dirname, '../../../spec')
const pets = readFileSync(join(import.meta.dirname, 'fixtures/pets.yaml'), 'utf8')

interface Flaw {
  readonly replace: readonly (readonly [string, string])[]
  readonly problems: readonly string[]
}

const undescribed = (kind: string, element: string, missing: string, ...replace: Flaw['replace']): Flaw => ({
  replace,
  problems: [
    `rule/described-${kind}: ${element} needs a description in one sentence, and x-evidence (documented, observed, inferred or assumed): ${missing}`,
  ],
})

const withoutDescription = (kind: string, element: string, text: string): Flaw =>
  undescribed(kind, element, 'description is required', [text, ''])

/** Edits of the valid contract, each with exactly the problems that it causes. */
const flaws: Record<string, Flaw> = {
  'an operation without a description': withoutDescription(
    'operation',
    'Operation "get"',
    '      description: Returns one pet.\n',
  ),
  'a parameter without a description': withoutDescription(
    'parameter',
    'Parameter "0"',
    '          description: Number of the pet.\n',
  ),
  'a property without a description': withoutDescription(
    'property',
    'Schema "name"',
    'description: What it is called., ',
  ),
  'a schema without a description': withoutDescription('schema', 'Schema "Pet"', '      description: An animal.\n'),
  'a schema without both to which a property refers': undescribed(
    'schema',
    'Schema "Name"',
    '\n- description is required\n- x-evidence is required',
    ['    Pet:\n', '    Name: { type: string }\n    Pet:\n'],
    ['      properties:\n', '      properties:\n        nickname: { $ref: "#/components/schemas/Name" }\n'],
  ),
  'a response without evidence': undescribed('response', 'Response "200"', 'x-evidence is required', [
    'The pet.\n          x-evidence: documented\n',
    'The pet.\n',
  ]),
  'a security scheme without evidence': undescribed(
    'security',
    'SecurityScheme "key"',
    'x-evidence is required',
    ['security: []', 'security: [{ key: [] }]'],
    ['components:\n', 'components:\n  securitySchemes: { key: { type: http, scheme: basic, description: A key. } }\n'],
  ),
  'a response without a named example': {
    replace: [
      ['              examples: { unknown: { value: {} } }\n', ''],
      [', unknown: { value: 2 } }', ' }'],
    ],
    problems: ['rule/named-examples: A response body has no named example. Add one under "examples".'],
  },
  'an input example without a response': {
    replace: [['tom: { value: 1 }', 'tim: { value: 3 }']],
    problems: [
      'contract/scenarios: Example "tim" of parameter "id" of getPet has no response. Add an example of that name to one response, or move an illustrative value into the examples of the schema.',
    ],
  },
  'an input example with two responses': {
    replace: [['{ unknown: { value: {} } }', '{ unknown: { value: {} }, tom: { value: {} } }']],
    problems: [
      'contract/scenarios: Example "tom" of parameter "id" of getPet has several responses: 200, 404. Rename all but one.',
    ],
  },
  'a body example without a response': {
    replace: [
      ['    get:', '    put:'],
      ['      responses:\n', `${bodyExamples('rename: { value: { name: Tim } }')}      responses:\n`],
    ],
    problems: [
      'contract/scenarios: Example "rename" of the request body of getPet has no response. Add an example of that name to one response, or move an illustrative value into the examples of the schema.',
    ],
  },
  'two scenarios for the same request': {
    replace: [['unknown: { value: 2 }', 'unknown: { value: 1 }']],
    problems: [
      'contract/scenarios: Scenarios "tom" and "unknown" of getPet can match the same request equally well. Give both one input with different values, or give one of them a further input.',
    ],
  },
  'two scenarios on different inputs of one request': {
    replace: [
      [
        '      parameters:\n',
        `      parameters:\n${queryParameter('page', 'tom: { value: 1 }')}${queryParameter('size', 'unknown: { value: 1 }')}`,
      ],
      ['          examples: { tom: { value: 1 }, unknown: { value: 2 } }\n', ''],
    ],
    problems: [
      'contract/scenarios: Scenarios "tom" and "unknown" of getPet can match the same request equally well. Give both one input with different values, or give one of them a further input.',
    ],
  },
  'two scenarios for the same body': {
    replace: [
      ['    get:', '    put:'],
      ['          examples: { tom: { value: 1 }, unknown: { value: 2 } }\n', ''],
      [
        '      responses:\n',
        `${bodyExamples('tom: { value: { name: Tim } }, unknown: { value: { name: Tim } }')}      responses:\n`,
      ],
    ],
    problems: [
      'contract/scenarios: Scenarios "tom" and "unknown" of getPet can match the same request equally well. Give both one input with different values, or give one of them a further input.',
    ],
  },
  'a parameter example of the wrong type': {
    replace: [['unknown: { value: 2 }', 'unknown: { value: "2" }']],
    problems: ['no-invalid-parameter-examples: Example value must conform to the schema: type must be integer.'],
  },
  'a path parameter that is not declared': {
    replace: [['  /pets/{id}:', '  /pets/{id}/{toy}:']],
    problems: ['contract/profile: no parameter for {toy}: add one with in: path. See spec/README.md#profile'],
  },
  // A rule of Redocly that replaces a rule of ours.
  'an undeclared security scheme': {
    replace: [['security: []', 'security: [{ token: [] }]']],
    problems: ['security-defined: There is no `token` security scheme defined.'],
  },
  'something outside the profile': {
    replace: [['operationId: getPet', 'operationId: get_pet']],
    problems: [
      'contract/profile: "operationId": "get_pet" is outside the profile: write a camelCase name that no object has; the client gets a method of this name. See spec/README.md#profile',
    ],
  },
}

function queryParameter(name: string, examples = ''): string {
  return `        - { name: ${name}, in: query, description: A number., x-evidence: documented, schema: { type: integer }${
    examples && `, examples: { ${examples} }`
  } }\n`
}

function bodyExamples(examples: string): string {
  const schema = '{ $ref: "#/components/schemas/Pet" }'
  return `      requestBody: { content: { application/json: { schema: ${schema}, examples: { ${examples} } } } }\n`
}

function flawed(replace: readonly (readonly [string, string])[]): string {
  return replace.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, pets)
}

async function lint(source: string): Promise<string[]> {
  const settings = parseYaml(readFileSync(join(spec, 'redocly.yaml'), 'utf8'))
  const config = await createConfig({ ...Object(settings), plugins: [plugin()] })
  const document = makeDocumentFromString(source, 'contract.yaml')
  const problems = await lintDocument({ document, config, externalRefResolver: new BaseResolver(config.resolve) })
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`).sort()
}

describe('the lint rules', () => {
  it.each([
    ['the contract', join(spec, 'openapi.yaml')],
    ['a valid one', join(import.meta.dirname, 'fixtures/pets.yaml')],
  ])('accept %s', async (_, file) => {
    expect(await lint(readFileSync(file, 'utf8'))).toEqual([])
  })

  it('accept scenarios that differ in their bodies', async () => {
    const source = flawed([
      ['    get:', '    put:'],
      ['          examples: { tom: { value: 1 }, unknown: { value: 2 } }\n', ''],
      [
        '      responses:\n',
        `${bodyExamples('tom: { value: { name: Tim } }, unknown: { value: { name: Tom } }')}      responses:\n`,
      ],
    ])
    expect(await lint(source)).toEqual([])
  })

  it.each(Object.entries(flaws))('report %s', async (_, { replace, problems }) => {
    expect(await lint(flawed(replace))).toEqual(problems)
  })

  it('report each problem with file, line and column in `redocly lint`', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lint-rules-'))
    const source = flawed([
      ['operationId: getPet', 'operationId: get_pet'],
      ['      description: An animal.\n', ''],
    ])
    writeFileSync(join(folder, 'openapi.yaml'), source)
    const args = ['lint', 'openapi.yaml', '--config', join(spec, 'redocly.yaml'), '--format=github-actions']
    const redocly = join(spec, 'node_modules/.bin/redocly')
    const { stdout, status } = spawnSync(redocly, args, { cwd: folder, encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect(status).toBe(1)
    const errors = [...stdout.matchAll(/^::error title=([^,]+),file=openapi\.yaml,line=(\d+),col=(\d+)/gm)]
    expect(errors.map(([, rule, line, col]) => `${line}:${col} ${rule}`).sort()).toEqual([
      '39:5 rule/described-schema',
      '9:20 contract/profile',
    ])
  })
})
