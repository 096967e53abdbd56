/** The manifests name no repository: its address is that of the repository whose release workflow packs them. */
const { GITHUB_SERVER_URL = 'https://github.com', GITHUB_REPOSITORY: repository } = process.env
const folders = { spec: 'spec', client: 'packages/client', mock: 'packages/mock', cli: 'packages/cli' }

/** @param {Record<string, unknown>} manifest */
function beforePacking({ scripts, devDependencies, ...manifest }) {
  if (!repository) return manifest
  const directory = folders[manifest.name.split('/')[1]]
  const address = `${GITHUB_SERVER_URL}/${repository}`
  return {
    ...manifest,
    homepage: `${address}/tree/main/${directory}#readme`,
    bugs: `${address}/issues`,
    repository: { type: 'git', url: `git+${address}.git`, directory },
  }
}

module.exports = { hooks: { beforePacking } }
