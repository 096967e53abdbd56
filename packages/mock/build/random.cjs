// The modules of Prism that only random data needs: three megabytes, loaded on demand from a separate bundle.
exports.faker = require('@faker-js/faker').faker
exports.JSONSchemaFaker = require('json-schema-faker').JSONSchemaFaker
exports.seedrandom = require('seedrandom')
