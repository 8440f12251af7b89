import { definitionPrefix, isSchema, type SchemaNode } from '../schema-nodes.ts';

/** A schema together with what its references mean. */
export interface SchemaSource {
  root: SchemaNode;
  definitions: Readonly<Record<string, SchemaNode>>;
}

/** Types that a schema allows besides null, which stands for an unset field. */
export function typesOf(schema: SchemaNode | undefined): string[] {
  const types = [schema?.type ?? []].flat() as string[];
  return types.filter((type) => type !== 'null');
}

/** The schema of a place in a manifest, references resolved; undefined where anything may stand. */
export function schemaAt(source: SchemaSource, segments: readonly string[]): SchemaNode | undefined {
  let schema: SchemaNode | undefined = resolve(source, source.root);
  for (const segment of segments) {
    const child: unknown =
      (schema.properties as Record<string, SchemaNode> | undefined)?.[segment] ??
      schema.items ??
      schema.additionalProperties;
    if (!isSchema(child)) return undefined;
    schema = resolve(source, child);
  }
  return schema;
}

/** A schema merged with the definition it refers to. What stands beside the reference is stricter and wins. */
export function resolve({ definitions }: SchemaSource, schema: SchemaNode): SchemaNode {
  const { $ref, allOf, ...rest } = schema;
  if (typeof $ref === 'string') return { ...definitions[$ref.slice(definitionPrefix.length)], ...rest };
  // The metadata of a custom kind: ObjectMeta, restricted.
  const [first] = Array.isArray(allOf) ? (allOf as SchemaNode[]) : [];
  return first?.$ref === undefined ? schema : resolve({ root: first, definitions }, first);
}

/** The fields that an object may have by its schema; none when it may have any. */
export function fieldsAt(source: SchemaSource, segments: readonly string[]): string[] {
  return Object.keys(schemaAt(source, segments)?.properties ?? {});
}

/** Steps between two places beyond which the same name is a coincidence. */
const farthest = 3;

/**
 * Where else near a place a field exists, for a field that stands at the wrong level: the nearest places at most three
 * steps up and down, as segments of the object that has it (`[]` is any item of a list).
 *
 * @param from segments of the object that should not have the field
 */
export function placesOfField(source: SchemaSource, field: string, from: readonly string[]): string[][] {
  for (let steps = 1; steps <= farthest; steps++) {
    const found: string[][] = [];
    for (let up = 0; up <= Math.min(steps, from.length); up++) {
      const ancestor = from.slice(0, from.length - up);
      const schema = schemaAt(source, ancestor);
      const skipped = from[ancestor.length];
      const path = ancestor.map((segment) => (/^\d+$/.test(segment) ? '[]' : segment));
      if (schema) search(schema, path, steps - up, skipped, found);
    }
    if (found.length > 0) return found;
  }
  return [];

  /** Looks exactly `down` steps below a schema, leaving out the branch that the search came from. */
  function search(
    schema: SchemaNode,
    path: string[],
    down: number,
    skipped: string | undefined,
    found: string[][],
  ): void {
    const properties = (schema.properties ?? {}) as Record<string, SchemaNode>;
    if (down === 0) {
      if (Object.hasOwn(properties, field)) found.push(path);
      return;
    }
    for (const [name, child] of Object.entries(properties)) {
      if (name === skipped || (path.length === 0 && name === 'status')) continue;
      search(resolve(source, child), [...path, name], down - 1, undefined, found);
    }
    if (isSchema(schema.items) && skipped === undefined) {
      search(resolve(source, schema.items), [...path, '[]'], down - 1, undefined, found);
    }
  }
}
