import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'

const { resolve } = createRequire(import.meta.url)

/** The folder of Prism. */
export const prism = dirname(resolve('@stoplight/prism-http/package.json'))

/** Modules that Prism loads at its start although the mock needs them later or never, with their replacements. */
const replacements: Readonly<Record<string, string>> = {
  // Only for forwarding, which the mock does not do through Prism.
  'node-fetch': `module.exports = {}`,
  'http-proxy-agent': `module.exports = {}`,
  'https-proxy-agent': `module.exports = {}`,
  // No JSON with comments is read.
  'jsonc-parser': `module.exports = {}`,
  // Prism compiles a template for each request: a third of the time that validation takes.
  'uri-template-lite': `
    const { URI } = require('uri-template-lite')
    const made = new Map()
    exports.URI = {
      Template: function (text) {
        if (!made.has(text)) made.set(text, new URI.Template(text))
        return made.get(text)
      },
    }`,
  // The mock checks credentials itself. This module and what it loads take 8 % of the start.
  './validators/security': `module.exports = {}`,
  // A table of 140 KB by file extension, which is not used.
  'mime-types': `exports.lookup = () => false`,
  // Only for random data.
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

/** Replaces modules of Prism, so that the bundle is small and starts fast. */
export const leanPrism: Plugin = {
  name: 'lean-prism',
  setup(build) {
    const unused = new Set(Object.keys(replacements))
    const names = Object.keys(replacements).join('|')
    build.onResolve({ filter: new RegExp(`^(${names})$`) }, ({ path, namespace }) =>
      namespace === 'replacement' ? undefined : { path, namespace: 'replacement' },
    )
    build.onResolve({ filter: /^\.\/random\.cjs$/ }, ({ path }) => ({ path, external: true }))
    build.onLoad({ filter: /.*/, namespace: 'replacement' }, ({ path }) => {
      unused.delete(path)
      return { contents: replacements[path] ?? '', resolveDir: prism }
    })
    // After an upgrade of Prism, a replacement without effect would go unnoticed.
    build.onEnd(() => ({
      errors: [...unused].map((name) => ({ text: `Prism does not load ${name}. Remove its replacement.` })),
    }))
  },
}
