import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.ts';
import type { SchemaNode } from './schema-nodes.ts';

/** Every kind of one Kubernetes minor as strict JSON Schema: draft 7 and the keyword `uniqueKeys`. */
export interface SchemaBundle {
  $schema: string;
  $id: string;
  /** By `<apiVersion>/<kind>`: `apps/v1/Deployment`, `v1/Service`. */
  kinds: Record<string, KindEntry>;
  definitions: Record<string, SchemaNode>;
}

/** How to find the schema of a kind, and whether its objects live in a namespace. */
export interface KindEntry {
  definition: string;
  namespaced: boolean;
}

let root: string | undefined;

/** The folder of the toolchain itself, in a clone as well as under node_modules. */
export function packageRoot(): string {
  return (root ??= findPackageRoot());
}

/** Kubernetes minors that have schemas, oldest first: `1.34`. */
export function kubernetesMinors(): string[] {
  return readdirSync(join(packageRoot(), 'schemas/kubernetes'))
    .flatMap((name) => /^(\d+\.\d+)\.json$/.exec(name)?.[1] ?? [])
    .sort((a, b) => Number(a.slice(2)) - Number(b.slice(2)));
}

/**
 * The text of `schemas/kubernetes/<minor>.json`, unparsed: most runs need only its hash.
 *
 * @throws UsageError when there is none for that minor
 */
export function readBundleText(minor: string): string {
  const minors = kubernetesMinors();
  if (!minors.includes(minor)) {
    throw new UsageError(`no schemas for Kubernetes ${minor}; there are: ${minors.join(', ')}`);
  }
  return readFileSync(join(packageRoot(), 'schemas/kubernetes', `${minor}.json`), 'utf8');
}

/** Parses what {@link readBundleText} read. */
export function parseBundle(text: string): SchemaBundle {
  return JSON.parse(text) as SchemaBundle;
}

function findPackageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string;
      };
      if (name === 'rekindle') return folder;
    } catch {
      // No package.json here: look further up.
    }
    if (dirname(folder) === folder) throw new Error('rekindle is not installed as a package');
  }
}
