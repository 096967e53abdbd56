import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseYaml, stringifyYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare, report } from '../src/compare/compare.ts'
import { release, unreleased } from '../src/compare/release.ts'

const contract = join(import.meta.dirname, '../../../spec/openapi.yaml')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'breaking-changes-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Path = readonly (string | number)[]
/** Puts a value at a path of the contract; without a value, removes what is there. */
type Edit = readonly [path: Path, value?: unknown]

const call: Path = ['paths', '/cfp/v1/imageinstall/{jobid}/queue', 'get']
const jobid: Path = [...call, 'parameters', 0]
const account: Path = [...call, 'parameters', 1]
const mirroring: Path = [...call, 'parameters', 2]
const answer: Path = [...call, 'responses', '200', 'content', 'application/json']
const list: Path = ['paths', '/cfp/v1/imageinstall/status', 'get']
const listAnswer: Path = [...list, 'responses', '200', 'content', 'application/json']
const schemas: Path = ['components', 'schemas']
const job: Path = [...schemas, 'JobFields']
const field = (name: string): Path => [...job, 'properties', name]
const state: Path = [...schemas, 'JobState']
const required = ['jobcreated', 'jobfailed', 'jobprogress', 'jobstatename', 'jobupdated']
const note = { type: 'string', description: 'A note.' }

/** A call with a body, which the contract has none of. */
const post: Path = ['paths', '/notes', 'post']
const body: Path = [...post, 'requestBody']
const sent: Path = [...body, 'content', 'application/json', 'schema']
const took: Path = [...post, 'responses', '200']
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const named = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const object = (properties: object) => ({ type: 'object', properties })
const notes = (parts: object): Edit => [
  ['paths', '/notes'],
  {
    post: {
      operationId: 'takeNote',
      'x-state-changing': true,
      responses: { 200: { description: 'Taken.', ...json(object({ note })) } },
      ...parts,
    },
  },
]
const twoSlots = {
  parameters: ['a', 'b'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  get: { operationId: 'getNote', 'x-state-changing': false, responses: { 200: { description: '' } } },
}
const withBody = (schema: object) => notes({ requestBody: json(schema) })
const withHeader = notes({
  responses: { 200: { description: '', headers: { 'x-page': { required: true, schema: { type: 'integer' } } } } },
})

interface Pair {
  /** What the released contract holds beside the real one. */
  released?: readonly Edit[]
  change: readonly Edit[]
  /** The text that the report has for it. */
  says: string
}

const major: Record<string, Pair> = {
  'a required field of an answer removed': {
    change: [[field('jobcreated')], [[...job, 'required'], required.slice(1)]],
    says: 'Property `jobcreated` of `JobFields` was removed.',
  },
  'an optional field of an answer removed': {
    change: [[field('jobeta')]],
    says: 'Property `jobeta` of `JobFields` was removed.',
  },
  'a field of an answer renamed': {
    change: [[field('jobeta')], [field('eta'), { $ref: '#/components/schemas/JobEta' }]],
    says: 'Property `jobeta` of `JobFields` was',
  },
  'a field of an answer no longer always there': {
    change: [[[...job, 'required'], required.slice(1)]],
    says: 'Properties of `JobFields` are no longer required: `jobcreated`.',
  },
  'a field of an answer of more types than before': {
    change: [
      [
        [...schemas, 'JobTime', 'type'],
        ['integer', 'null'],
      ],
    ],
    says: "Type of `JobTime` widened from 'integer' to 'integer | null'.",
  },
  'a field of an answer of any type': {
    change: [[[...schemas, 'JobFailed', 'type']], [[...schemas, 'JobFailed', 'minimum']]],
    says: "widened from 'integer' to 'any'.",
  },
  'a field of an answer described by another schema': {
    change: [[[...field('jobeta'), '$ref'], '#/components/schemas/JobStart']],
    says: 'jobeta',
  },
  'a field of an answer that can be null': {
    change: [[field('jobfailed'), { anyOf: [{ $ref: '#/components/schemas/JobFailed' }, { type: 'null' }] }]],
    says: 'jobfailed',
  },
  'a new kind of answer': {
    change: [
      [[...schemas, 'Other'], { type: 'object', required: ['other'], properties: { other: note } }],
      [[...answer, 'schema', 'oneOf', 3], { $ref: '#/components/schemas/Other' }],
    ],
    says: '`oneOf` subschema was added.',
  },
  'a kind of answer removed': {
    released: [
      [[...schemas, 'Other'], { type: 'object', required: ['other'], properties: { other: note } }],
      [[...answer, 'schema', 'oneOf', 3], { $ref: '#/components/schemas/Other' }],
    ],
    change: [[[...answer, 'schema', 'oneOf', 3]]],
    says: 'A kind or part of an object is gone: ',
  },
  'a kind of answer in place of another': {
    released: [
      ...['One', 'Two', 'Three'].map(
        (name): Edit => [[...schemas, name], { ...object({ [name]: note }), required: [name] }],
      ),
      notes({ responses: { 200: { description: '', ...json({ oneOf: [named('One'), named('Two')] }) } } }),
    ],
    change: [[[...took, 'content', 'application/json', 'schema', 'oneOf', 1], named('Three')]],
    says: 'Property `Two` of `Three` was removed.',
  },
  'an answer with another constant': {
    released: [notes({ responses: { 200: { description: '', ...json(object({ kind: { const: 'one' } })) } } })],
    change: [[[...took, 'content', 'application/json', 'schema', 'properties', 'kind', 'const'], 'two']],
    says: "`const` of `kind` changed from 'one' to 'two'.",
  },
  'an answer that has no body any more': {
    released: [notes({})],
    change: [[[...took, 'content']]],
    says: 'All media types were removed.',
  },
  'an answer whose schema says nothing any more': {
    released: [notes({})],
    change: [[[...took, 'content', 'application/json', 'schema'], { type: 'object' }]],
    says: 'All properties were removed.',
  },
  'a second kind of success': {
    change: [[[...call, 'responses', '202'], { description: 'Later.' }]],
    says: 'Call queueImageInstall: the kinds of success changed from ["200 with a body"] to ["200 with a body","202"].',
  },
  'a closed list in an answer that grows': {
    released: [
      [
        [...schemas, 'JobStateName', 'enum'],
        ['Queued', ...'Created Pending Running Completed Failed Squashed'.split(' ')],
      ],
    ],
    change: [[[...schemas, 'JobStateName', 'enum', 7], 'Cancelled']],
    says: 'Cancelled',
  },
  'an object of an answer that took any field and has its own': {
    released: [notes({ responses: { 200: { description: '', ...json({ type: 'object' }) } } })],
    change: [[[...took, 'content', 'application/json', 'schema', 'properties'], { note }]],
    says: 'An object that took any field has fields of its own: ',
  },
  'a status removed': {
    change: [[[...call, 'responses', '404']], [[...jobid, 'examples', 'notFound']]],
    says: 'Response `404` was removed.',
  },
  'a header of an answer removed': {
    released: [withHeader],
    change: [[[...took, 'headers']]],
    says: 'All headers of response `200` were removed.',
  },
  'a header of an answer no longer always there': {
    released: [withHeader],
    change: [[[...took, 'headers', 'x-page', 'required'], false]],
    says: 'A header does not always come any more: ',
  },
  'a header of an answer of which nothing says that it is always there': {
    released: [withHeader],
    change: [[[...took, 'headers', 'x-page', 'required']]],
    says: 'A header does not always come any more: ',
  },
  'a header of an answer of another type': {
    released: [withHeader],
    change: [[[...took, 'headers', 'x-page', 'schema', 'type'], 'string']],
    says: "widened from 'integer' to 'string'.",
  },
  'a call removed': {
    change: [[['paths', '/cfp/v1/imageinstall/status']], [[...call, 'x-lookup-operation']]],
    says: 'Call listImageInstalls was removed.',
  },
  'a call of another method': {
    released: [notes({})],
    change: [
      [post],
      [
        ['paths', '/notes', 'put'],
        {
          operationId: 'takeNote',
          'x-state-changing': true,
          responses: { 200: { description: '', ...json(object({ note })) } },
        },
      ],
    ],
    says: 'Operation `POST /notes` was removed.',
  },
  'a call renamed': {
    change: [[[...call, 'operationId'], 'enqueueImageInstall']],
    says: 'Call queueImageInstall was removed.',
  },
  'a parameter removed': { change: [[account]], says: '`accountserviceid` query parameter was removed.' },
  'a parameter in a path renamed': {
    released: [
      [
        ['paths', '/notes/{id}'],
        {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          get: { operationId: 'getNote', 'x-state-changing': false, responses: { 200: { description: '' } } },
        },
      ],
    ],
    change: [
      [['paths', '/notes/{id}']],
      [
        ['paths', '/notes/{note}'],
        {
          parameters: [{ name: 'note', in: 'path', required: true, schema: { type: 'string' } }],
          get: { operationId: 'getNote', 'x-state-changing': false, responses: { 200: { description: '' } } },
        },
      ],
    ],
    says: 'A name that callers write is another one: paths > /notes/{note}',
  },
  'two parameters of a path that change places': {
    released: [[['paths', '/notes/{a}/{b}'], twoSlots]],
    change: [[['paths', '/notes/{a}/{b}']], [['paths', '/notes/{b}/{a}'], twoSlots]],
    says: 'A name that callers write is another one: paths > /notes/{b}/{a}',
  },
  'a header of a request whose name differs in case alone': {
    released: [notes({ parameters: [{ name: 'X-Trace', in: 'header', schema: { type: 'string' } }] })],
    change: [[[...post, 'parameters', 0, 'name'], 'x-trace']],
    says: 'A name that callers write is another one: paths > /notes > post > parameters > 0 > name.',
  },
  'a parameter added that must be given': {
    change: [[[...call, 'parameters', 3], { name: 'extra', in: 'query', required: true, schema: note }]],
    says: 'extra',
  },
  'a parameter added by a reference that must be given': {
    change: [
      [['components', 'parameters'], { extra: { name: 'extra', in: 'query', required: true, schema: note } }],
      [[...call, 'parameters', 3], { $ref: '#/components/parameters/extra' }],
    ],
    says: 'extra',
  },
  'a parameter of a path added that must be given': {
    change: [[[...call.slice(0, -1), 'parameters'], [{ name: 'extra', in: 'query', required: true, schema: note }]]],
    says: 'extra',
  },
  'a parameter that must be given now': {
    released: [[[...mirroring, 'required'], false]],
    change: [[[...mirroring, 'required'], true]],
    says: '`mirroring` query parameter became required.',
  },
  'a parameter of another type': {
    released: [notes({ parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }] })],
    change: [[[...post, 'parameters', 0, 'schema', 'type'], 'boolean']],
    says: "narrowed from 'integer' to 'boolean'",
  },
  'a parameter with a tighter limit': { change: [[[...account, 'schema', 'minimum'], 10]], says: '>= 10' },
  'a closed list in a request that shrinks': {
    released: [
      [
        [...account, 'schema', 'enum'],
        [1, 5678],
      ],
    ],
    change: [[[...account, 'schema', 'enum'], [5678]]],
    says: "lost values: '1'",
  },
  'a body that must be given': {
    released: [withBody(object({ note }))],
    change: [[[...body, 'required'], true]],
    says: 'Request body became required.',
  },
  'a body added that must be given': {
    released: [notes({})],
    change: [[body, { required: true, ...json(object({ note })) }]],
    says: 'A body must be sent now: ',
  },
  'a body no longer taken': {
    released: [withBody(object({ note }))],
    change: [[body]],
    says: 'Request body was removed.',
  },
  'a field of a body that must be given': {
    released: [withBody(object({ note }))],
    change: [[[...sent, 'required'], ['note']]],
    says: 'became required: `note`',
  },
  'a field of a body added that must be given': {
    released: [withBody(object({ note }))],
    change: [
      [[...sent, 'properties', 'extra'], note],
      [[...sent, 'required'], ['extra']],
    ],
    says: 'became required: `extra`',
  },
  'a field of a body removed': {
    released: [withBody(object({ note, extra: note }))],
    change: [[[...sent, 'properties', 'note']]],
    says: 'A field is gone: ',
  },
  'a field of a body renamed': {
    released: [withBody(object({ note }))],
    change: [[[...sent, 'properties'], { text: note }]],
    says: 'A field is gone: ',
  },
  'all fields of a body removed': {
    released: [withBody(object({ note }))],
    change: [[sent, { type: 'object' }]],
    says: 'A field is gone: ',
  },
  'a part of a body removed': {
    released: [withBody({ allOf: [object({ note }), object({ extra: note }), object({ more: note })] })],
    change: [[[...sent, 'allOf', 2]]],
    says: 'A kind or part of an object is gone: ',
  },
  'a field of a body within a list removed': {
    released: [withBody(object({ list: { type: 'array', items: object({ note, extra: note }) } }))],
    change: [[[...sent, 'properties', 'list', 'items', 'properties', 'note']]],
    says: 'A field is gone: ',
  },
  'a map of a body with other values': {
    released: [withBody({ type: 'object', additionalProperties: { type: 'string' } })],
    change: [[[...sent, 'additionalProperties', 'type'], 'integer']],
    says: "narrowed from 'string' to 'integer'.",
  },
  'credentials no longer accepted': {
    change: [[['security', 0]]],
    says: 'Call queueImageInstall: access with basicAuth was removed.',
  },
  'credentials asked for where none were': {
    released: [[[...list, 'security'], []]],
    change: [[[...list, 'security']]],
    says: 'Call listImageInstalls: access with no credentials was removed.',
  },
  'credentials no longer optional': {
    released: [[['security', 2], {}]],
    change: [[['security', 2]]],
    says: 'Call listImageInstalls: access with no credentials was removed.',
  },
  'a host removed': { change: [[['servers', 1]]], says: 'Server `https://api.multiplay.dev` was removed.' },
  'another host by default': {
    change: [[['servers'], [{ url: 'https://api.multiplay.dev' }, { url: 'https://api.multiplay.co.uk' }]]],
    says: 'The contract: the default server changed from "https://api.multiplay.co.uk" to "https://api.multiplay.dev".',
  },
  'a call said to change nothing': {
    change: [[[...call, 'x-state-changing'], false], [[...call, 'x-lookup-operation']]],
    says: 'Call queueImageInstall: the effect changed from "changes state" to "changes nothing".',
  },
  'a removed lookup operation': {
    change: [[[...call, 'x-lookup-operation']]],
    says: 'Call queueImageInstall: the lookup operation was removed.',
  },
  'an error that means something else for the request': {
    change: [[[...call, 'responses', '404', 'x-outcome', 'is'], 'unknown']],
    says: 'Call queueImageInstall: status 404 changed from "rejected" to "unknown".',
  },
  'an error said to mean something else than it was taken for': {
    released: [[[...call, 'responses', '500', 'x-outcome']]],
    change: [
      [[...call, 'responses', '500', 'x-outcome'], { is: 'rejected', evidence: 'assumed', advice: 'Try again.' }],
    ],
    says: 'Call queueImageInstall: status 500 changed from "unknown" to "rejected".',
  },
  'an error said to mean something else than every other': {
    released: [
      notes({
        responses: {
          200: { description: '' },
          400: { description: '' },
          default: { description: '', 'x-outcome': { is: 'unknown', evidence: 'assumed', advice: 'Look.' } },
        },
      }),
    ],
    change: [
      [[...post, 'responses', '400', 'x-outcome'], { is: 'rejected', evidence: 'assumed', advice: 'Correct it.' }],
    ],
    says: 'Call takeNote: status 400 changed from "unknown" to "rejected".',
  },
  'what any other error means for the request, which was said': {
    released: [
      notes({
        responses: {
          200: { description: '' },
          default: { description: '', 'x-outcome': { is: 'unknown', evidence: 'assumed', advice: 'Look.' } },
        },
      }),
    ],
    change: [[[...post, 'responses', 'default', 'x-outcome']]],
    says: 'Call takeNote: status default changed from "unknown" to "as its status says".',
  },
  'an error with success status recognised differently': {
    change: [[[...schemas, 'ErrorEnvelope', 'x-in-band-error', 'when'], [{ error: true }]]],
    says: 'Schema ErrorEnvelope: the sign of an error changed from',
  },
  'an answer that is an error now': {
    released: [
      [[...schemas, 'ErrorEnvelope', 'x-in-band-error']],
      [[...call, 'responses', '200', 'x-outcome']],
      [[...list, 'responses', '200', 'x-outcome']],
    ],
    change: [[[...schemas, 'ErrorEnvelope', 'x-in-band-error'], { when: [{ error: true }] }]],
    says: 'Schema ErrorEnvelope: the sign of an error changed from nothing to',
  },
  'a state removed': {
    change: ['x-extensible-enum', 'x-enum-varnames', 'x-enum-descriptions'].map((list): Edit => [[...state, list, 6]]),
    says: 'Schema JobState: value 7 was removed.',
  },
  'a state renamed': {
    change: [[[...state, 'x-enum-varnames', 4], 'Complete']],
    says: 'Schema JobState: value 5 changed from "Completed" to "Complete".',
  },
  'a scenario reached by other values': {
    change: [[[...jobid, 'examples', 'imageLocked', 'value'], 2002]],
    says: 'Call queueImageInstall: scenario imageLocked changed from',
  },
  'a scenario removed': {
    change: [[[...jobid, 'examples', 'imageLocked']]],
    says: 'Call queueImageInstall: scenario imageLocked was removed.',
  },
  'an example removed': {
    released: [[[...answer, 'examples', 'other'], { value: { success: false, error: true } }]],
    change: [[[...answer, 'examples', 'other']]],
    says: 'Call queueImageInstall: example other was removed.',
  },
  'another example for any other request': {
    change: [
      [[...listAnswer, 'examples'], { other: { value: { installs: [] } } }],
      [[...list, 'parameters', 0, 'examples']],
    ],
    says: 'Call listImageInstalls: the example for any other request changed from "installs" to "other".',
  },
  'a sequence that goes elsewhere': {
    change: [[[...listAnswer, 'examples', 'rolloutQueued', 'x-next'], 'rolloutRunning40']],
    says: 'Call listImageInstalls: example rolloutQueued changed from',
  },
  'an exported schema renamed': {
    change: [
      [
        [...schemas, 'Mirror'],
        {
          allOf: [
            { $ref: '#/components/schemas/JobFields' },
            { type: 'object', required: ['versionmirrorid'], properties: { versionmirrorid: { type: 'integer' } } },
          ],
        },
      ],
      [[...schemas, 'MirrorJob']],
      [[...answer, 'schema', 'oneOf', 0, '$ref'], '#/components/schemas/Mirror'],
    ],
    says: 'Schema MirrorJob was removed.',
  },
  'an environment variable of the client renamed': {
    change: [[['components', 'securitySchemes', 'bearerAuth', 'x-client', 'token', 'env'], 'TOKEN']],
    says: 'Security scheme bearerAuth: client option token changed from',
  },
  'an option of the client removed': {
    change: [
      [['info', 'x-client']],
      [['components', 'securitySchemes', 'bearerAuth', 'x-client', 'token', 'requires']],
    ],
    says: 'The contract: client option baseUrl was removed.',
  },
}

const minor: Record<string, Pair> = {
  'an optional field in an answer': { change: [[field('jobnote'), note]], says: 'jobnote was added.' },
  'a parameter that may be given': {
    change: [[[...call, 'parameters', 3], { name: 'extra', in: 'query', schema: note }]],
    says: 'was added.',
  },
  'a body that may be given': {
    released: [notes({})],
    change: [[body, json(object({ note }))]],
    says: 'requestBody was added.',
  },
  'a call': {
    change: [notes({})],
    says: 'Call takeNote was added.',
  },
  'a status': { change: [[[...call, 'responses', '429'], { description: 'Too many.' }]], says: '429 was added.' },
  'a host': { change: [[['servers', 2], { url: 'https://pets.test' }]], says: 'Server servers > 2 was added.' },
  'a state': {
    change: [
      [[...state, 'x-extensible-enum', 7], 8],
      [[...state, 'x-enum-varnames', 7], 'Cancelled'],
      [[...state, 'x-enum-descriptions', 7], 'It was cancelled.'],
    ],
    says: 'Schema JobState: value 8 was added.',
  },
  'a scenario': {
    change: [
      [[...jobid, 'examples', 'again'], { value: 2002 }],
      [[...answer, 'examples', 'again'], { value: { success: false, error: true } }],
    ],
    says: 'Call queueImageInstall: scenario again was added.',
  },
  'an exported schema': { change: [[[...schemas, 'Other'], { type: 'object' }]], says: 'Schema Other was added.' },
  'an added lookup operation': {
    released: [[[...call, 'x-lookup-operation']]],
    change: [[[...call, 'x-lookup-operation'], 'listImageInstalls']],
    says: 'Call queueImageInstall: the lookup operation was added.',
  },
  'a word that something will go': {
    change: [[[...account, 'deprecated'], true]],
    says: 'It is announced that this will go: ',
  },
}

const patch: Record<string, Pair> = {
  'a description': {
    change: [[[...call, 'description'], 'Puts it into the queue.']],
    says: 'paths > /cfp/v1/imageinstall/{jobid}/queue > get > description reads differently.',
  },
  'the evidence of a field': {
    change: [[[...schemas, 'JobEta', 'x-evidence'], 'observed']],
    says: 'components > schemas > JobEta > x-evidence changed from "documented" to "observed".',
  },
  'the illustrative value of an answer': {
    change: [[[...answer, 'examples', 'mirrorJob', 'value', 'jobprogress'], 7]],
    says: 'The text of the contract changed.',
  },
  'the order of required fields': {
    change: [[[...job, 'required'], required.toReversed()]],
    says: 'components > schemas > JobFields > required reads differently.',
  },
  'the advice after an error': {
    change: [[[...call, 'responses', '404', 'x-outcome', 'advice'], 'List the installs and take it from there.']],
    says: 'paths > /cfp/v1/imageinstall/{jobid}/queue > get > responses > 404 > x-outcome > advice reads differently.',
  },
  'a parameter that may be left out now': {
    change: [[[...mirroring, 'required'], false]],
    says: 'paths > /cfp/v1/imageinstall/{jobid}/queue > get > parameters > 2 > required changed from true to false.',
  },
  'a parameter with a wider limit': {
    change: [[[...account, 'schema', 'minimum'], 0]],
    says: 'paths > /cfp/v1/imageinstall/{jobid}/queue > get > parameters > 1 > schema > minimum changed from 1 to 0.',
  },
}

function edited(source: string, edits: readonly Edit[]): string {
  const document: unknown = parseYaml(source)
  for (const [path, ...value] of edits) {
    const parent = path.slice(0, -1).reduce<unknown>((node, key) => Reflect.get(Object(node), key), document)
    const key = path.at(-1) ?? ''
    if (value.length > 0) expect(Reflect.set(Object(parent), key, value[0])).toBe(true)
    else if (Array.isArray(parent)) expect(parent.splice(Number(key), 1)).toHaveLength(1)
    else {
      expect(parent).toHaveProperty([key])
      Reflect.deleteProperty(Object(parent), key)
    }
  }
  return stringifyYaml(document, { noRefs: true })
}

function writePair(name: string, { released = [], change }: Pair, version: string) {
  const files = { released: join(folder, `${name} released.yaml`), current: join(folder, `${name}.yaml`) }
  const before = edited(readFileSync(contract, 'utf8'), [...released, [['info', 'version'], '1.0.0']])
  writeFileSync(files.released, before)
  writeFileSync(files.current, edited(before, [...change, [['info', 'version'], version]]))
  return files
}

function comparePair(name: string, pair: Pair, version = '1.0.0') {
  const { released, current } = writePair(`${name} ${version}`, pair, version)
  return compare(released, current)
}

describe.concurrent('a released contract', { timeout: 120_000 }, () => {
  it.each(Object.entries(major))('asks for a major version after %s', async (name, pair) => {
    const comparison = await comparePair(name, pair)
    expect(report(comparison).join('\n')).toContain(pair.says)
    expect(comparison).toMatchObject({ least: '2.0.0', ok: false })
  })

  it.each(Object.entries(minor))('asks for a minor version after adding %s', async (name, pair) => {
    const comparison = await comparePair(name, pair)
    expect(report(comparison).join('\n')).toContain(pair.says)
    expect(comparison).toMatchObject({ least: '1.1.0', ok: false })
  })

  it.each(Object.entries(patch))('asks for a patch after rewording or widening %s', async (name, pair) => {
    const comparison = await comparePair(name, pair)
    expect(report(comparison)).toEqual([
      `patch  ${pair.says}`,
      'Against the released 1.0.0, these changes ask for 1.0.1, but info.version is 1.0.0. Set it to 1.0.1.',
    ])
    expect(comparison.ok).toBe(false)
  })

  it('is satisfied by the version asked for, and by a higher one', async () => {
    const [pair] = Object.values(minor)
    if (!pair) throw new Error('no pair')
    expect(await comparePair('accepted', pair, '1.0.1')).toMatchObject({ least: '1.1.0', ok: false })
    expect(report(await comparePair('accepted', pair, '1.1.0')).at(-1)).toBe(
      'Against the released 1.0.0, these changes ask for 1.1.0; info.version is 1.1.0.',
    )
    expect(await comparePair('accepted', pair, '2.0.0')).toMatchObject({ least: '1.1.0', ok: true })
  })

  it('may be one without any component', async () => {
    const file = join(folder, 'bare.yaml')
    const call = `{ operationId: ping, x-state-changing: false, responses: { '204': { description: Here. } } }`
    const bare = `openapi: 3.1.1\ninfo: { title: Bare, version: 1.0.0 }\nservers: [{ url: https://bare.test }]\n`
    writeFileSync(file, `${bare}paths: { /ping: { get: ${call} } }\n`)
    expect(await compare(file, file)).toMatchObject({ changes: [], ok: true })
  })

  it('compared with itself asks for nothing', async () => {
    const comparison = await compare(contract, contract)
    expect(comparison).toMatchObject({ changes: [], ok: true })
    expect(report(comparison)).toEqual([`The contract is the released ${comparison.released}.`])
  })

  it('moves on release, with changelog and package version, and only when its own version allows it', async () => {
    const [changelog, manifest] = [join(folder, 'CHANGELOG.md'), join(folder, 'package.json')]
    writeFileSync(manifest, '{ "name": "spec", "version": "1.0.0" }')
    writeFileSync(changelog, '# Changes\n\n## 1.0.0\n\n- First.\n')
    const pair: Pair = { change: [[field('jobnote'), note]], says: '' }

    const refused = { ...writePair('refused', pair, '1.0.1'), changelog, manifest }
    expect((await release(refused)).ok).toBe(false)
    expect(await unreleased(refused)).toEqual([
      'The contract 1.0.1 is not the baseline 1.0.0. Run pnpm release:contract before publishing.',
      'The package has version 1.0.0, the contract 1.0.1. Run pnpm release:contract before publishing.',
    ])
    expect(readFileSync(refused.released, 'utf8')).not.toContain('jobnote')
    expect(readFileSync(changelog, 'utf8')).not.toContain('1.0.1')

    const files = { ...writePair('release', pair, '1.1.0'), changelog, manifest }
    expect((await release(files)).ok).toBe(true)
    expect(readFileSync(files.released, 'utf8')).toBe(readFileSync(files.current, 'utf8'))
    expect(readFileSync(changelog, 'utf8')).toBe(
      '# Changes\n\n## 1.1.0\n\n- minor: Schema components > schemas > JobFields > properties > jobnote was added.\n\n## 1.0.0\n\n- First.\n',
    )
    expect(readFileSync(manifest, 'utf8')).toBe('{ "name": "spec", "version": "1.1.0" }')
    expect((await release(files)).changes).toEqual([])
    expect(await unreleased(files)).toEqual([])
  })

  it('refuses a version that is not three numbers', async () => {
    await expect(comparePair('versions', { change: [], says: '' }, '1.0')).rejects.toThrow(
      'write three numbers, such as 1.2.3',
    )
  })
})
