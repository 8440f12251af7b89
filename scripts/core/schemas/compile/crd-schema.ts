import type { CrdVersion } from '../crd.ts';
import { goPattern } from './go-pattern.ts';
import { formats } from './runtime.ts';
import { int32 } from '../scalars.ts';
import { definitionPrefix, isSchema, mapChildren, type SchemaNode } from '../schema-nodes.ts';

const objectMeta = { $ref: `${definitionPrefix}io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta` };

/** Keywords that mean in JSON Schema what they mean in a structural schema. */
const kept = [
  'enum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
] as const;

/** Keywords that only validate; nothing in them declares a field. */
const logical = ['allOf', 'anyOf', 'oneOf', 'not'] as const;

/**
 * Converts one version of a CustomResourceDefinition to strict JSON Schema that accepts what the API server accepts with
 * `fieldValidation: Strict`, once the nulls are gone that the server drops (see `withoutDroppedNulls`). It refers to `#/definitions/<ObjectMeta>`. CEL rules (`x-kubernetes-validations`) are not
 * evaluated.
 */
export function crdToJsonSchema({ schema, subresources }: CrdVersion): SchemaNode {
  const source = schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true };
  const root = structural(source);
  const properties = { ...(root.properties as Record<string, SchemaNode> | undefined) };
  const { metadata, status } = properties;
  properties.apiVersion = { type: 'string' };
  properties.kind = { type: 'string' };
  // A definition may restrict the name; it must not list the other fields of ObjectMeta.
  properties.metadata = metadata ? { allOf: [objectMeta, restrictions(metadata)] } : objectMeta;
  // With the subresource on, the server drops the status of a new object after it looked for unknown fields.
  const ignored = isSchema(subresources) && isSchema(subresources.status);
  if (status && ignored) properties.status = fieldNames(status);
  return {
    ...root,
    type: 'object',
    properties,
    required: ((root.required ?? []) as string[]).filter((name) => name !== 'status' || !ignored),
  };
}

/** What is left of a schema when any value may stand in any field. */
function fieldNames({ properties, additionalProperties, items }: SchemaNode): SchemaNode {
  const schema = Object.entries({ properties, additionalProperties, items }).filter(([, value]) => value !== undefined);
  return mapChildren(Object.fromEntries(schema), fieldNames);
}

/** A node of the structural schema. */
function structural(node: SchemaNode): SchemaNode {
  const intOrString = node['x-kubernetes-int-or-string'] === true;
  const type = intOrString ? ['integer', 'string'] : node.type;
  return {
    ...(type !== undefined && { type: node.nullable === true ? [type, 'null'].flat() : type }),
    ...values(node),
    ...fields(node),
    ...list(node),
    ...logic(intOrString ? withoutTypeChoice(node) : node),
  };
}

/** The part of a schema about the fields of an object. */
function fields(node: SchemaNode): SchemaNode {
  const declared = (node.properties ?? {}) as Record<string, SchemaNode>;
  // Defaults are filled in before the server validates.
  const required = ((node.required ?? []) as string[]).filter((name) => declared[name]?.default === undefined);
  const properties: Record<string, SchemaNode> = {};
  for (const [name, property] of Object.entries(declared)) {
    properties[name] = structural(property);
  }
  if (node['x-kubernetes-embedded-resource'] === true) {
    Object.assign(properties, {
      apiVersion: { type: 'string', pattern: '^[^/]+(/[^/]+)?$' },
      kind: { type: 'string', pattern: '^[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$', maxLength: 63 },
      metadata: objectMeta,
    });
    required.push('apiVersion', 'kind');
  }
  const preserve = node['x-kubernetes-preserve-unknown-fields'] === true;
  const schema: SchemaNode = {};
  if (Object.keys(properties).length > 0) schema.properties = properties;
  if (required.length > 0) schema.required = [...new Set(required)];
  if (isSchema(node.additionalProperties)) {
    schema.additionalProperties = structural(node.additionalProperties);
  } else if (node.type === 'object' && !preserve && node.additionalProperties !== true) {
    schema.additionalProperties = false;
  }
  return schema;
}

/** The part of a schema about the items of a list. */
function list(node: SchemaNode): SchemaNode {
  if (!isSchema(node.items)) return {};
  const schema: SchemaNode = { items: structural(node.items) };
  if (node['x-kubernetes-list-type'] === 'set') schema.uniqueItems = true;
  const keys = node['x-kubernetes-list-map-keys'];
  if (Array.isArray(keys)) {
    const entry = (node.items.properties ?? {}) as Record<string, SchemaNode>;
    schema.uniqueKeys = Object.fromEntries(keys.map((key: string) => [key, entry[key]?.default ?? null]));
  }
  return schema;
}

/** Keywords about a single value. OpenAPI v3 says "exclusive" with a boolean, JSON Schema with the number itself. */
function values(node: SchemaNode): SchemaNode {
  const schema: SchemaNode = {};
  for (const keyword of kept) if (node[keyword] !== undefined) schema[keyword] = node[keyword];
  const bounds = node.format === 'int32' ? int32 : {};
  const { minimum = bounds.minimum, maximum = bounds.maximum } = node;
  if (minimum !== undefined) {
    schema[node.exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum'] = minimum;
  }
  if (maximum !== undefined) {
    schema[node.exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum'] = maximum;
  }
  if (typeof node.pattern === 'string') {
    const pattern = goPattern(node.pattern);
    if (pattern !== undefined) schema.pattern = pattern;
  }
  // The server ignores formats that it does not know.
  if (typeof node.format === 'string' && node.format in formats) schema.format = node.format;
  return schema;
}

/** The combinations of a schema. */
function logic(node: SchemaNode): SchemaNode {
  const schema: SchemaNode = {};
  for (const keyword of logical) {
    const value = node[keyword];
    if (Array.isArray(value)) schema[keyword] = value.filter(isSchema).map(restrictions);
    else if (isSchema(value)) schema[keyword] = restrictions(value);
  }
  return schema;
}

/** A schema inside allOf, anyOf, oneOf or not: it restricts values and leaves unknown fields alone. */
function restrictions(node: SchemaNode): SchemaNode {
  const { type, required, properties, additionalProperties, items } = node;
  const nested = Object.entries({ properties, additionalProperties, items }).filter(([, value]) => isSchema(value));
  return {
    ...(type !== undefined && { type }),
    ...(required !== undefined && { required }),
    ...values(node),
    ...mapChildren(Object.fromEntries(nested), restrictions),
    ...logic(node),
  };
}

/** Without the `anyOf: [{type: integer}, {type: string}]` that controller-gen adds, which says nothing more. */
function withoutTypeChoice(node: SchemaNode): SchemaNode {
  const { anyOf, ...rest } = node;
  const onlyTypes =
    Array.isArray(anyOf) && anyOf.every((choice) => isSchema(choice) && Object.keys(choice).join() === 'type');
  return onlyTypes ? rest : node;
}
