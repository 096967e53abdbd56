import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'

/** Modules that Prism loads at its start and that the mock needs later or never, with what stands in for each. */
const standIns: Readonly<Record<string, string>> = {
  // Only to print in colour, to log, and to forward calls: the mock does none of these through Prism.
  chalk: `const plain = new Proxy((text) => text, { get: () => plain }); module.exports = plain`,
  pino: `module.exports = {}`,
  'node-fetch': `module.exports = {}`,
  'http-proxy-agent': `module.exports = {}`,
  'https-proxy-agent': `module.exports = {}`,
  '@faker-js/faker': `exports.faker = {}`,
  'fast-xml-parser': `exports.XMLBuilder = class { build(value) { return new (require('./random.cjs').XMLBuilder)({}).build(value) } }`,
  'json-schema-faker': `
    const waiting = []
    let real
    const load = () => {
      if (!real) {
        const { faker, JSONSchemaFaker } = require('./random.cjs')
        real = JSONSchemaFaker
        real.extend('faker', () => faker)
        for (const options of waiting) real.option(options)
      }
      return real
    }
    exports.JSONSchemaFaker = {
      extend() {},
      option: (...options) => real ? real.option(...options) : waiting.push(...options),
      generate: (...args) => load().generate(...args),
    }`,
}

export const leanPrism: Plugin = {
  name: 'lean-prism',
  setup(build) {
    const names = Object.keys(standIns).join('|')
    build.onResolve({ filter: new RegExp(`^(${names})$`) }, ({ path }) => ({ path, namespace: 'stand-in' }))
    build.onResolve({ filter: /^\.\/random\.cjs$/ }, ({ path }) => ({ path, external: true }))
    build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({
      contents: standIns[path] ?? '',
      loader: 'js',
    }))
  },
}

/** Takes the packages that only Prism depends on from where Prism finds them. */
export const asPrismFindsThem: Plugin = {
  name: 'as-prism-finds-them',
  setup(build) {
    const { resolve } = createRequire(import.meta.url)
    build.onResolve(
      { filter: /^(@faker-js\/faker|json-schema-faker|fast-xml-parser)$/ },
      ({ path, kind, pluginData }) => {
        if (pluginData === 'found') return undefined
        const owner = path === 'fast-xml-parser' ? '@stoplight/prism-http-server' : '@stoplight/prism-http'
        return build.resolve(path, { kind, pluginData: 'found', resolveDir: dirname(resolve(`${owner}/package.json`)) })
      },
    )
  },
}
