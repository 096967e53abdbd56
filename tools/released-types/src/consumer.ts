import type { Contract } from '@image-install-queue/contract/old/index'

const helpers = `import type { components as WasComponents, paths as Was } from './released/schema.gen.ts'
import type { components as IsComponents, paths as Is } from './current/schema.gen.ts'

/** Does not compile unless what is given can stand wherever the other is wanted. */
type Fits<Given extends Wanted, Wanted> = Given

/** The paths of all fields, to a certain depth: an optional field that is gone would still fit. */
type Fields<T, Depth extends 0[] = []> = Depth['length'] extends 5
  ? never
  : T extends readonly (infer Item)[]
    ? Fields<Item, Depth>
    : T extends object
      ? { [Key in keyof T & string]-?: Key | \`\${Key}.\${Fields<NonNullable<T[Key]>, [...Depth, 0]>}\` }[keyof T & string]
      : never
`

/**
 * A program in terms of types that was right when `released` was: it reads every answer and sends every input of every
 * operation, and names every schema.
 */
export function consumer(released: Contract): string {
  const lines = released.operations.flatMap(({ path, method, requestBody, responses }) => {
    const at = (...keys: string[]) => keys.map((key) => `[${JSON.stringify(key)}]`).join('')
    const call = at(path, method)
    const answers = [...responses].flatMap(([status, { content }]) =>
      Object.keys(content ?? {}).flatMap((type) => {
        const body = `${call}['responses'][${/^\d+$/.test(status) ? status : JSON.stringify(status)}]['content']${at(type)}`
        return [`Fits<Is${body}, Was${body}>`, `Fits<Fields<Was${body}>, Fields<Is${body}>>`]
      }),
    )
    const sent = [`${call}['parameters']`]
    for (const type of Object.keys(requestBody?.content ?? {}))
      sent.push(`${call}['requestBody']`, `${call}['requestBody']['content']${at(type)}`)
    return [
      ...answers,
      ...sent.flatMap((input) => [`Fits<Was${input}, Is${input}>`, `Fits<Fields<Was${input}>, Fields<Is${input}>>`]),
    ]
  })
  const schemas = Object.keys(released.document.components?.schemas ?? {}).map(
    (name) => `Fits<keyof WasComponents['schemas'] & ${JSON.stringify(name)}, keyof IsComponents['schemas']>`,
  )
  return `${helpers}\n${[...lines, ...schemas].map((line, index) => `export type T${index} = ${line}\n`).join('')}`
}
