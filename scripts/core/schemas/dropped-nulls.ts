import { isSchema, type SchemaNode } from './schema-nodes.ts';

/**
 * A custom object as the API server validates it: without the nulls that it drops, or replaces by a default, because
 * their schema is not `nullable`. What has none of them is returned as it is.
 *
 * @param schema node of the structural schema, `openAPIV3Schema` for the whole object
 */
export function withoutDroppedNulls(value: unknown, schema: SchemaNode): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!isSchema(items)) return value;
    const copy = value.map((item: unknown) => withoutDroppedNulls(item, items));
    return copy.every((item, index) => item === value[index]) ? value : copy;
  }
  if (!isSchema(value)) return value;
  const properties = (schema.properties ?? {}) as Record<string, SchemaNode>;
  const copy: Record<string, unknown> = {};
  let changed = false;
  for (const [name, field] of Object.entries(value)) {
    const child = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
    const known = isSchema(child);
    if (field === null && known && child.nullable !== true) {
      changed = true;
      continue;
    }
    copy[name] = known ? withoutDroppedNulls(field, child) : field;
    changed ||= copy[name] !== field;
  }
  return changed ? copy : value;
}
