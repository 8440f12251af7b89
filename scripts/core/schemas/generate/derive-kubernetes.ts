import type { SchemaBundle } from '../bundle.ts';
import { goName, type GeneratedFacts, type PropertyFacts } from './generated-openapi.ts';
import { int32, scalarTypes } from '../scalars.ts';
import { definitionPrefix, isSchema, type SchemaNode } from '../schema-nodes.ts';
import { findKinds, reachable, type Swagger } from './swagger.ts';

/** Types that hold any JSON although the specification calls them objects. */
const open = new Set([
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Patch',
  'io.k8s.apimachinery.pkg.runtime.RawExtension',
]);

/**
 * Derives strict JSON Schemas from the API server's OpenAPI v2 specification. They refuse what the server refuses with
 * `fieldValidation: Strict`, enums and numbers too large for int32 included, and the duplicate keys that only
 * server-side apply refuses.
 *
 * The server takes null for an unset field. So definitions accept null, and where a field can't be unset (required
 * properties, items, values of maps) the reference adds the types without null.
 *
 * @param minor Kubernetes minor version, `1.36`
 * @param facts what the specification leaves out, see `readGeneratedOpenApi`
 */
export function deriveKubernetes(minor: string, swagger: Swagger, facts: GeneratedFacts): SchemaBundle {
  const kinds = findKinds(swagger);
  const roots = Object.values(kinds).map(({ definition }) => definition);
  // The server drops the status of a new object, so nothing is required of types that occur nowhere else.
  const enforced = reachable(swagger, roots, 'status');
  const derivation: Derivation = { source: swagger.definitions, facts };
  const definitions: Record<string, SchemaNode> = {};
  for (const name of reachable(swagger, roots)) {
    definitions[name] = convertDefinition(derivation, name, enforced.has(name));
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `kubernetes-${minor}`,
    kinds,
    definitions,
  };
}

interface Derivation {
  source: Swagger['definitions'];
  facts: GeneratedFacts;
}

function convertDefinition(derivation: Derivation, name: string, enforced: boolean): SchemaNode {
  const node = derivation.source[name] as SchemaNode;
  const scalar = scalarTypes[name];
  if (scalar) return scalar;
  // Without a type anything goes.
  if (node.type === undefined || open.has(name)) return {};

  const facts = derivation.facts.get(goName(name));
  const required = enforced ? ((node.required ?? []) as string[]) : [];
  const properties = Object.entries((node.properties ?? {}) as Record<string, SchemaNode>).map(([property, schema]) => {
    const nullable = !required.includes(property);
    return [property, convert(derivation, schema, nullable, facts?.get(property))];
  });
  return {
    type: ['object', 'null'],
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties) as Record<string, SchemaNode>,
    additionalProperties: false,
  };
}

function convert(derivation: Derivation, node: SchemaNode, nullable: boolean, facts?: PropertyFacts): SchemaNode {
  if (typeof node.$ref === 'string') return convertReference(derivation, node.$ref, nullable);
  const type = nullable ? [node.type, 'null'] : node.type;
  switch (node.type) {
    case 'object':
      return isSchema(node.additionalProperties)
        ? { type, additionalProperties: convert(derivation, node.additionalProperties, false) }
        : { type };
    case 'array':
      return { type, ...convertList(derivation, node, facts) };
    case 'integer':
      return node.format === 'int32' ? { type, ...int32 } : { type };
    case 'string':
      // Go's decoder of base64 is laxer than the format byte that custom kinds are checked for.
      if (node.format === 'byte') return { type, format: 'base64' };
      if (!facts?.enum) return { type };
      // The server takes the empty string for an unset optional field; some enums list it themselves.
      return { type, enum: nullable ? [...new Set([...facts.enum, '']), null] : facts.enum };
    default:
      return { type };
  }
}

function convertList(derivation: Derivation, node: SchemaNode, facts?: PropertyFacts): SchemaNode {
  const items = node.items as SchemaNode;
  const list: SchemaNode = { items: convert(derivation, items, false, facts) };
  if (node['x-kubernetes-list-type'] === 'set') list.uniqueItems = true;
  const keys = node['x-kubernetes-list-map-keys'] as string[] | undefined;
  if (keys) {
    const entry = goName((items.$ref as string).slice(definitionPrefix.length));
    const defaults = derivation.facts.get(entry);
    list.uniqueKeys = Object.fromEntries(keys.map((key) => [key, defaults?.get(key)?.default ?? null]));
  }
  return list;
}

function convertReference(derivation: Derivation, $ref: string, nullable: boolean): SchemaNode {
  const name = $ref.slice(definitionPrefix.length);
  const type = open.has(name) ? undefined : (scalarTypes[name]?.type ?? derivation.source[name]?.type);
  if (nullable || type === undefined) return { $ref };
  const strict = [type].flat().filter((item) => item !== 'null');
  return { $ref, type: strict.length === 1 ? strict[0] : strict };
}
