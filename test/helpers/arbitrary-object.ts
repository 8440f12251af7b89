import fc from 'fast-check';
import { resolve, typesOf, type SchemaSource } from '../../scripts/core/schemas/explain/schema-lookup.ts';
import type { SchemaNode } from '../../scripts/core/schemas/schema-nodes.ts';

/** Texts that some pattern or type of Kubernetes accepts and others refuse. */
const texts = ['', 'a', 'web', '1', 'true', '10Gi', '100m', '1 GB', 'www.example.org', '30s', '1h', '/', '*', 'Always'];
const formats: Record<string, string[]> = {
  'date-time': ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.5+02:00'],
  'date-time-micro': ['2026-01-31T09:30:00.123456Z'],
  base64: ['', 'YQ==', 'YW\nJj'],
  byte: ['YQ==', 'YWJj'],
};

/** Values of another type, or of the same type and out of place. */
const misfits = [null, true, 1, -1, 1.5, 3e9, 'a', '1 GB', '2026', [], [null], {}, { nonsense: 1 }];

/**
 * Objects that mostly fit a schema; half of them have one value replaced, added or removed at random.
 *
 * @param identity apiVersion, kind and metadata, which stay
 */
export function arbitraryObject(source: SchemaSource, identity: Record<string, unknown>): fc.Arbitrary<object> {
  return fc.gen().map((draw) => {
    const object = { ...(build(draw, source, source.root, 6) as object), ...identity };
    if (draw(fc.boolean)) mutate(draw, object, Object.keys(identity));
    return object;
  });
}

type Draw = fc.GeneratorValue;

function pick<T>(draw: Draw, values: readonly T[]): T {
  return values[draw(fc.nat, { max: values.length - 1 })] as T;
}

function build(draw: Draw, source: SchemaSource, node: SchemaNode, depth: number): unknown {
  const schema = resolve(source, node);
  if (Array.isArray(schema.enum)) return pick(draw, schema.enum as unknown[]);
  const nullable = [schema.type].flat().includes('null');
  if (nullable && draw(fc.nat, { max: 9 }) === 0) return null;
  const type = pick(draw, typesOf(schema).length > 0 ? typesOf(schema) : ['object', 'string', 'integer', 'array']);
  switch (type) {
    case 'boolean':
      return draw(fc.boolean);
    case 'integer':
    case 'number':
      return draw(fc.integer, { min: Number(schema.minimum ?? -5), max: Number(schema.maximum ?? 100) });
    case 'string':
      return pick(draw, formats[String(schema.format)] ?? texts);
    case 'array': {
      const length = depth > 0 ? draw(fc.nat, { max: 2 }) : 0;
      return Array.from({ length }, () => build(draw, source, (schema.items ?? {}) as SchemaNode, depth - 1));
    }
    default:
      return buildFields(draw, source, schema, depth);
  }
}

function buildFields(draw: Draw, source: SchemaSource, schema: SchemaNode, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  const required = (schema.required ?? []) as string[];
  const properties = Object.entries((schema.properties ?? {}) as Record<string, SchemaNode>);
  for (const [name, property] of properties) {
    // About four optional fields, however many there are: enough to go deep, too few to explode.
    const wanted = depth > 0 && draw(fc.nat, { max: Math.max(1, Math.round(properties.length / 4)) }) === 0;
    if (wanted || required.includes(name)) object[name] = build(draw, source, property, depth - 1);
  }
  if (typeof schema.additionalProperties === 'object' && draw(fc.boolean)) {
    object.a = build(draw, source, schema.additionalProperties as SchemaNode, depth - 1);
  }
  return object;
}

function mutate(draw: Draw, object: object, kept: readonly string[]): void {
  const places = fieldsOf(object).filter(({ owner, name }) => owner !== object || !kept.includes(name));
  if (places.length === 0) return;
  const { owner, name } = pick(draw, places);
  switch (pick(draw, ['replace', 'add', 'remove'])) {
    case 'replace':
      owner[name] = structuredClone(pick(draw, misfits));
      break;
    case 'add':
      if (Array.isArray(owner)) owner.push({ nonsense: 1 });
      else owner.nonsense = 1;
      break;
    default:
      if (!Array.isArray(owner)) delete owner[name];
  }
}

function fieldsOf(value: unknown): { owner: Record<string, unknown>; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((name) => [{ owner, name }, ...fieldsOf(owner[name])]);
}
