// The recorded schemas of Terraform's providers: `schemas/terraform/<provider>.json`. They hold what is used, not everything.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../schemas/bundle.ts';

/** A type of Terraform, as JSON writes it: `"string"`, `["map", "string"]`, `["object", { … }]`. */
export type TypeExpression = string | [string, ...unknown[]];

export interface Attribute {
  type: TypeExpression;
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
}

export interface NestedBlock {
  nesting_mode: string;
  block: Block;
  min_items?: number;
  max_items?: number;
}

/** What a resource, or a block in one, takes. */
export interface Block {
  attributes?: Record<string, Attribute>;
  block_types?: Record<string, NestedBlock>;
}

/** One provider at one version. */
export interface ProviderSchema {
  /** As in `required_providers`. */
  source: string;
  version: string;
  provider: Block;
  resource: Record<string, Block>;
  data: Record<string, Block>;
}

/** By the name that stacks give a provider. */
export type ProviderSchemas = Record<string, ProviderSchema>;

/** Folder of the recorded schemas, from the root of the package. */
export const schemaFolder = 'schemas/terraform';

export function readProviderSchemas(root = packageRoot()): ProviderSchemas {
  return Object.fromEntries(
    schemaFiles(root).map((name) => [
      name.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(root, schemaFolder, name), 'utf8')) as ProviderSchema,
    ]),
  );
}

export function schemaFiles(root = packageRoot()): string[] {
  return readdirSync(join(root, schemaFolder))
    .filter((name) => name.endsWith('.json'))
    .sort();
}
