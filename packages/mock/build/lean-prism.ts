import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'

const { resolve } = createRequire(import.meta.url)
const prism = dirname(resolve('@stoplight/prism-http/package.json'))

/** Modules that Prism loads at its start and that the mock needs later or never, with what stands in for each. */
const standIns: Readonly<Record<string, string>> = {
  // Only to print in colour and to forward calls: the mock does neither through Prism.
  chalk: `const plain = new Proxy((text) => text, { get: () => plain }); module.exports = plain`,
  'node-fetch': `module.exports = {}`,
  'http-proxy-agent': `module.exports = {}`,
  'https-proxy-agent': `module.exports = {}`,
  // The mock looks at credentials itself.
  './validators/security': `module.exports = {}`,
  // No JSON with comments is read.
  'jsonc-parser': `module.exports = {}`,
  // Media types are never looked up by the extension of a file.
  'mime-types': `exports.lookup = () => false`,
  // Prism makes a template anew for each request, and each is compiled: a third of the time that validation takes.
  'uri-template-lite': `
    const { URI } = require('uri-template-lite')
    const made = new Map()
    exports.URI = {
      Template: function (text) {
        if (!made.has(text)) made.set(text, new URI.Template(text))
        return made.get(text)
      },
    }`,
  // For random data alone.
  '@faker-js/faker': `exports.faker = {}`,
  seedrandom: `module.exports = (seed) => require('./random.cjs').seedrandom(seed)`,
  'json-schema-faker': `
    const waiting = []
    let real
    const load = () => {
      if (!real) {
        const { faker, JSONSchemaFaker } = require('./random.cjs')
        real = JSONSchemaFaker
        real.extend('faker', () => faker)
        for (const options of waiting) real.option(...options)
      }
      return real
    }
    exports.JSONSchemaFaker = {
      extend() {},
      option: (...options) => real ? real.option(...options) : waiting.push(options),
      generate: (...args) => load().generate(...args),
    }`,
}

/**
 * In place of the module of fp-ts that all others of it use. Its `dual` copies the arguments of each call by `Array.from`:
 * a third of the time between two answers in `pnpm bench mock`, "requests, all job ids different".
 */
const fpTs = /fp-ts\/lib\/function\.js$/
const fpTsFunction = `
  module.exports = {
    ...require('./function.js?whole'),
    dual(arity, body) {
      const isWhole = typeof arity === 'number' ? (args) => args.length >= arity : arity
      return (...args) => (isWhole(args) ? body(...args) : (first) => body(first, ...args))
    },
  }`

/** Keeps Prism small, and quick to load and to ask. */
export const leanPrism: Plugin = {
  name: 'lean-prism',
  setup(build) {
    const unused = new Set([...Object.keys(standIns), 'fp-ts'])
    const names = Object.keys(standIns).join('|')
    build.onResolve({ filter: new RegExp(`^(${names})$`) }, ({ path, namespace }) =>
      namespace === 'stand-in' ? undefined : { path, namespace: 'stand-in' },
    )
    build.onResolve({ filter: /^\.\/random\.cjs$/ }, ({ path }) => ({ path, external: true }))
    build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => {
      unused.delete(path)
      return { contents: standIns[path] ?? '', resolveDir: prism }
    })
    build.onLoad({ filter: fpTs }, ({ path, suffix }) => {
      unused.delete('fp-ts')
      return suffix === '' ? { contents: fpTsFunction, resolveDir: dirname(path) } : undefined
    })
    // What Prism no longer loads under this name would be slow again, or large, and nobody would see it.
    build.onEnd(() => ({
      errors: [...unused].map((name) => ({ text: `Prism does not load ${name}: nothing to stand in for` })),
    }))
  },
}

/** Where Prism finds the packages that only it depends on. */
export const prismModules = [join(prism, '../..')]
