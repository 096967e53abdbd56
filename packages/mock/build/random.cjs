// What Prism needs for random data alone: three megabytes that wait in a bundle of their own until then.
exports.faker = require('@faker-js/faker').faker
exports.JSONSchemaFaker = require('json-schema-faker').JSONSchemaFaker
exports.seedrandom = require('seedrandom')
