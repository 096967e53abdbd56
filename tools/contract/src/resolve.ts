import type { Components, Document, Reference } from './document.ts'

/** Follows a `$ref` to the component that it names. What is not a reference is what it is. */
export type Resolve = <Node extends object>(node: Node | Reference) => Node

/** A resolver for a document inside the profile, in which every reference leads to a component. */
export function resolver({ components = {} }: Document): Resolve {
  return (node) => {
    let current: object = node
    while (isReference(current)) {
      const [, , kind = '', name = ''] = current.$ref.split('/')
      const found: object | undefined = components[kind as keyof Components]?.[name]
      if (!found) throw new Error(`The reference ${current.$ref} leads nowhere.`)
      current = found
    }
    // A reference leads to a component of the kind that its place asks for: the profile sees to that.
    return current as Exclude<typeof node, Reference>
  }
}

/** The name of the component that a reference leads to. */
export const componentName = ({ $ref }: Reference): string => $ref.slice($ref.lastIndexOf('/') + 1)

export const isReference = (node: object): node is Reference => '$ref' in node && typeof node.$ref === 'string'
