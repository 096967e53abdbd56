import type { Document } from '../document.ts'
import { componentName, isReference } from '../resolve.ts'
import { nodesOf } from '../walk.ts'
import type { Path, ReportError } from './errors.ts'

/** References must lead to a component. Schemas must not be recursive: samples and pages show each of them whole. */
export function checkReferences(document: Document, report: ReportError): void {
  const edges: { owner: string | undefined; target: string; path: Path }[] = []
  for (const { node, path } of nodesOf(document)) {
    if (!isReference(node)) continue
    const target = componentName(node)
    const at = [...path, '$ref']
    const [, , kind = ''] = node.$ref.split('/')
    const components: object = Reflect.get(document.components ?? {}, kind) ?? {}
    if (!Object.hasOwn(components, target))
      report(at, `"${node.$ref}" leads nowhere: there is no "${target}" in components/${kind}`, false)
    const [root, ownerKind, owner] = path
    edges.push({ owner: root === 'components' && ownerKind === kind ? owner : undefined, target, path: at })
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to || seen.has(from)) return from === to
    seen.add(from)
    return edges.some(({ owner, target }) => owner === from && reaches(target, to, seen))
  }
  const order = Object.keys(document.components?.schemas ?? {})
  for (const { owner, target, path } of edges) {
    // Each cycle has an edge that leads back in the document, and is reported there.
    const leadsBack = owner !== undefined && order.indexOf(target) <= order.indexOf(owner)
    if (leadsBack && reaches(target, owner))
      report(path, `"${owner}" contains itself: recursive schemas are not supported`, false)
  }
}
