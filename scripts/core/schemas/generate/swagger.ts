import type { KindEntry } from '../bundle.ts';
import { children, definitionPrefix, type SchemaNode } from '../schema-nodes.ts';

/** The part of the API server's OpenAPI v2 specification, api/openapi-spec/swagger.json, that is read. */
export interface Swagger {
  definitions: Record<string, SchemaNode>;
  paths: Record<string, Record<string, unknown>>;
}

interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

const kindKeyword = 'x-kubernetes-group-version-kind';

/**
 * The kinds that a client can create, by `<apiVersion>/<kind>`: those with a POST that is no subresource of another
 * object.
 */
export function findKinds({ definitions, paths }: Swagger): Record<string, KindEntry> {
  const byKind = new Map<string, string>();
  for (const [name, node] of Object.entries(definitions)) {
    const kinds = (node[kindKeyword] ?? []) as GroupVersionKind[];
    // DeleteOptions and the like belong to every group.
    if (kinds.length === 1) byKind.set(kindName(kinds[0] as GroupVersionKind), name);
  }
  const found: Record<string, KindEntry> = {};
  for (const [path, operations] of Object.entries(paths)) {
    const post = operations.post as SchemaNode | undefined;
    const kind = post?.[kindKeyword] as GroupVersionKind | undefined;
    if (!kind || path.includes('{name}')) continue;
    const definition = byKind.get(kindName(kind));
    const namespaced = path.includes('/{namespace}/');
    if (definition) found[kindName(kind)] = { definition, namespaced };
  }
  return found;
}

function kindName({ group, version, kind }: GroupVersionKind): string {
  return [group, version, kind].filter((part) => part !== '').join('/');
}

/**
 * The definitions that the given ones refer to, directly or not, and themselves.
 *
 * @param withoutProperty a property of the given definitions that is not followed
 */
export function reachable({ definitions }: Swagger, roots: Iterable<string>, withoutProperty?: string): Set<string> {
  const starts = [...roots];
  const found = new Set(starts);
  for (const root of starts) {
    const { properties, ...node } = definitions[root] as SchemaNode;
    const kept = Object.entries(properties ?? {}).filter(([name]) => name !== withoutProperty);
    visit({ ...node, properties: Object.fromEntries(kept) });
  }
  return found;

  function visit(node: SchemaNode): void {
    if (typeof node.$ref === 'string') {
      const name = node.$ref.slice(definitionPrefix.length);
      if (!found.has(name)) {
        found.add(name);
        visit(definitions[name] as SchemaNode);
      }
    }
    for (const child of children(node)) visit(child);
  }
}
