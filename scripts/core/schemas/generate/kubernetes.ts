import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { compactJson, type Json } from './compact-json.ts';
import { deriveKubernetes } from './derive-kubernetes.ts';
import type { Generated, GeneratedFile } from './generated-files.ts';
import { readGeneratedOpenApi } from './generated-openapi.ts';
import { downloadModule, type GoModule } from './go-module.ts';
import { readRemovedApis, type RemovedApi } from './removed-apis.ts';
import type { Swagger } from './swagger.ts';

/** A pinned Go module; `sum` is its hash in the Go checksum database, empty until the first download. */
interface Origin {
  module: string;
  version: string;
  sum: string;
}

/** `schemas/catalog.json`: which version of which module every file in `schemas/kubernetes/` comes from. */
interface Catalog {
  kubernetes: Record<string, Origin>;
  /** Read from first to last: later ones correct the announcements of earlier ones. */
  removed: Origin[];
}

/**
 * Builds `schemas/kubernetes/<minor>.json`, `schemas/kubernetes/removed.json` and the catalog with its sums.
 * Nothing is written.
 *
 * @param root folder that holds `schemas/`
 * @throws UsageError when Go is missing, a module can't be had, or its content is not what the catalog pins
 */
export async function generateKubernetes(root: string): Promise<Generated> {
  const catalog = JSON.parse(await readFile(join(root, 'schemas/catalog.json'), 'utf8')) as Catalog;
  const files: GeneratedFile[] = [];
  const add = (name: string, value: unknown): unknown =>
    files.push({ path: `schemas/kubernetes/${name}.json`, text: compactJson(value as Json) });

  for (const [minor, origin] of Object.entries(catalog.kubernetes)) {
    const { directory } = await downloadPinned(origin);
    const swagger = await readFile(join(directory, 'api/openapi-spec/swagger.json'), 'utf8');
    const generated = await readFile(join(directory, 'pkg/generated/openapi/zz_generated.openapi.go'), 'utf8');
    add(minor, deriveKubernetes(minor, JSON.parse(swagger) as Swagger, readGeneratedOpenApi(generated)));
  }
  const removed: Record<string, RemovedApi> = {};
  for (const origin of catalog.removed) {
    Object.assign(removed, await readLifecycles(await downloadPinned(origin)));
  }
  add('removed', removed);
  files.push({ path: 'schemas/catalog.json', text: `${JSON.stringify(catalog, null, 2)}\n` });
  return { files, folders: ['schemas/kubernetes'] };
}

/** Downloads a module and fills in its sum, or refuses content that differs from what was pinned. */
async function downloadPinned(origin: Origin): Promise<GoModule> {
  const module = await downloadModule(origin.module, origin.version);
  if (origin.sum !== '' && origin.sum !== module.sum) {
    throw new UsageError(
      `${origin.module}@${origin.version} has the sum ${module.sum}, schemas/catalog.json pins ${origin.sum}: ` +
        'the content of a released version must not change; empty the sum only if you know why it did',
    );
  }
  origin.sum = module.sum;
  return module;
}

async function readLifecycles({ directory }: GoModule): Promise<Record<string, RemovedApi>> {
  const removed: Record<string, RemovedApi> = {};
  const names = await readdir(directory, { recursive: true });
  for (const name of names.sort()) {
    if (basename(name) !== 'zz_generated.prerelease-lifecycle.go') continue;
    const folder = join(directory, dirname(name));
    const group = (await groupName(folder)) ?? (await groupName(dirname(folder)));
    if (group === undefined) throw new Error(`${folder} has no register.go with a GroupName`);
    const source = await readFile(join(directory, name), 'utf8');
    Object.assign(removed, readRemovedApis(group, basename(folder), source));
  }
  return removed;
}

async function groupName(folder: string): Promise<string | undefined> {
  const source = await readFile(join(folder, 'register.go'), 'utf8').catch(() => '');
  return /GroupName\s*=\s*"(.*)"/.exec(source)?.[1];
}
