import type { Components, Document, Reference } from './document.ts'

/** Follows a `$ref` to its component. Returns anything else unchanged. */
export type Resolve = <Node extends object>(node: Node | Reference) => Node

/** Returns a resolver for a document inside the profile, in which every reference leads to a component. */
export function resolver({ components = {} }: Document): Resolve {
  return (node) => {
    let current: object = node
    while (isReference(current)) {
      const [, , kind = '', name = ''] = current.$ref.split('/')
      const found: object | undefined = components[kind as keyof Components]?.[name]
      if (!found) throw new Error(`The reference ${current.$ref} leads nowhere.`)
      current = found
    }
    // The profile accepts only references to the kind of component that belongs in that place.
    return current as Exclude<typeof node, Reference>
  }
}

/** Returns the name of the component that a reference leads to. */
export const componentName = ({ $ref }: Reference): string => $ref.slice($ref.lastIndexOf('/') + 1)

export const isReference = (node: object): node is Reference => '$ref' in node && typeof node.$ref === 'string'
