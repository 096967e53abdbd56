import { readContract } from '@image-install-queue/contract/old/index'

/** The contract with its operation repeated under other paths and names, two named examples each. */
export async function grownContract(file: string, operations: number): Promise<string> {
  const { document } = await readContract(file)
  const source = JSON.stringify(document, (key, value) => (key === 'examples' ? firstTwo(value) : value))
  const grown = JSON.parse(source)
  const [[path, item] = ['', {}]] = Object.entries(grown.paths)
  const text = JSON.stringify(item)
  grown.paths = Object.fromEntries(
    Array.from({ length: operations }, (_, index) => [
      index === 0 ? path : path.replace('/{', `${index}/{`),
      JSON.parse(text.replace(/("operationId":"[^"]+)"/g, index === 0 ? '$1"' : `$1${index}"`)),
    ]),
  )
  return JSON.stringify(grown)
}

/** Of named examples, those of the two plain scenarios; a list of values stays as it is. */
function firstTwo(examples: object): object {
  if (Array.isArray(examples)) return examples
  const entries = Object.entries(examples)
  const plain = entries.filter(([name]) => /Job$/.test(name))
  return Object.fromEntries(plain.length > 0 ? plain : entries.slice(0, 1))
}
