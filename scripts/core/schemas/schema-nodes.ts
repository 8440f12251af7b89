/** A JSON Schema node or an OpenAPI v2/v3 one: plain data. */
export type SchemaNode = { [keyword: string]: unknown };

/** How a `$ref` to a definition of the same document starts. */
export const definitionPrefix = '#/definitions/';

/** Keywords that hold one schema, a list of schemas, or schemas by name. */
const single = ['items', 'additionalProperties', 'not', 'if', 'then', 'else'];
const lists = ['allOf', 'anyOf', 'oneOf'];
const maps = ['properties', 'patternProperties', 'definitions', '$defs'];

/**
 * The schemas directly below a schema. It knows which keys are keywords and which are names that a user chose, so that
 * a property called `description` or `items` is never taken for the keyword.
 */
export function* children(schema: SchemaNode): Generator<SchemaNode> {
  for (const keyword of single) {
    const child = schema[keyword];
    // JSON Schema also allows a list under `items`, which Kubernetes forbids.
    if (isSchema(child)) yield child;
  }
  for (const keyword of lists) {
    const child = schema[keyword];
    if (Array.isArray(child)) yield* child.filter(isSchema);
  }
  for (const keyword of maps) {
    const child = schema[keyword];
    if (isSchema(child)) yield* Object.values(child).filter(isSchema);
  }
}

/** A schema whose direct children are replaced, for walks that change something on the way. */
export function mapChildren(schema: SchemaNode, change: (child: SchemaNode) => SchemaNode): SchemaNode {
  const copy: SchemaNode = { ...schema };
  for (const keyword of single) {
    const child = copy[keyword];
    if (isSchema(child)) copy[keyword] = change(child);
  }
  for (const keyword of lists) {
    const child = copy[keyword];
    if (Array.isArray(child)) {
      copy[keyword] = child.map((item: unknown) => (isSchema(item) ? change(item) : item));
    }
  }
  for (const keyword of maps) {
    const child = copy[keyword];
    if (!isSchema(child)) continue;
    copy[keyword] = Object.fromEntries(
      Object.entries(child).map(([name, item]) => [name, isSchema(item) ? change(item) : item]),
    );
  }
  return copy;
}

/** Removes every `description` that documents a schema, in place. */
export function stripDescriptions(schema: SchemaNode): void {
  delete schema.description;
  for (const child of children(schema)) stripDescriptions(child);
}

/** Number of properties declared by a schema, at every depth. */
export function countProperties(schema: SchemaNode): number {
  let count = isSchema(schema.properties) ? Object.keys(schema.properties).length : 0;
  for (const child of children(schema)) count += countProperties(child);
  return count;
}

/** Whether a value is a JSON object, the form of every schema but `true` and `false`. */
export function isSchema(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
