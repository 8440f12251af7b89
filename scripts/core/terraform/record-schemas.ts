import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { compactJson, type Json } from '../schemas/generate/compact-json.ts';
import type { Generated } from '../schemas/generate/generated-files.ts';
import { isObject } from './check-type.ts';
import { schemaFolder, type Block, type ProviderSchema } from './provider-schemas.ts';

/** What `terraform providers schema -json` prints, as far as it is read here. */
interface Printed {
  provider_schemas?: Record<
    string,
    {
      provider?: { block: Block };
      resource_schemas?: Record<string, { block: Block }>;
      data_source_schemas?: Record<string, { block: Block }>;
    }
  >;
}

/** `lib/terraform/providers.json`, which also pins the versions. */
type Pins = Record<string, { source: string; version: string }>;

/**
 * Takes from the output of `terraform providers schema -json` what `schemas/catalog.json` lists under `terraform`, as files
 * of `schemas/terraform`. Providers that the output does not have keep theirs. Nothing is written.
 *
 * @param printed texts of one or more outputs
 * @throws UsageError when a text is no such output, or lacks a type that is listed
 */
export function recordSchemas(root: string, printed: readonly string[]): Generated {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const pins = read('lib/terraform/providers.json') as Pins;
  const { terraform: wanted } = read('schemas/catalog.json') as { terraform: Record<string, string[]> };
  const files = new Map<string, string>();
  for (const text of printed) {
    for (const [address, schemas] of Object.entries(parse(text).provider_schemas ?? {})) {
      // An address begins with the host of a registry, which differs between Terraform and OpenTofu.
      const name = Object.keys(pins).find((key) => address.endsWith(`/${pins[key]!.source}`));
      if (name === undefined || wanted[name] === undefined) continue;
      const schema: ProviderSchema = {
        ...pins[name]!,
        provider: plain(schemas.provider?.block ?? {}),
        resource: pick(
          schemas.resource_schemas ?? {},
          wanted[name].filter((type) => !type.startsWith('data.')),
          name,
        ),
        data: pick(
          schemas.data_source_schemas ?? {},
          wanted[name].flatMap((type) => (type.startsWith('data.') ? [type.slice('data.'.length)] : [])),
          name,
        ),
      };
      files.set(`${schemaFolder}/${name}.json`, compactJson(schema as unknown as Json));
    }
  }
  if (files.size === 0)
    throw new UsageError('there is no schema of a provider that lib/terraform/providers.json names');
  return { files: [...files].map(([path, text]) => ({ path, text })), folders: [] };
}

function parse(text: string): Printed {
  try {
    return JSON.parse(text) as Printed;
  } catch {
    throw new UsageError('this is not what `terraform providers schema -json` prints');
  }
}

function pick(schemas: Record<string, { block: Block }>, types: string[], provider: string): Record<string, Block> {
  return Object.fromEntries(
    types.map((type) => {
      const schema = schemas[type];
      if (schema === undefined) throw new UsageError(`the provider ${provider} has no "${type}"`);
      return [type, plain(schema.block)];
    }),
  );
}

/** A block without the words for people, which are most of it. */
function plain(block: Block): Block {
  const drop = new Set(['description', 'description_kind', 'deprecated', 'sensitive', 'version']);
  const strip = (value: unknown, isNames: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => strip(item, false));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        // An attribute may be called "description".
        .filter(([key]) => isNames || !drop.has(key))
        .map(([key, item]) => [key, strip(item, !isNames && (key === 'attributes' || key === 'block_types'))]),
    );
  };
  return strip(block, false) as Block;
}
