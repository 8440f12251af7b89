import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, errorCode, errorMessage } from '../errors.ts';
import { readManifests } from '../read-manifests.ts';
import { isCrd, type Crd } from './crd.ts';

/**
 * Reads the CustomResourceDefinitions in files and folders. Whatever else they hold is ignored.
 *
 * @param paths files or folders, searched recursively
 * @throws UsageError when a path does not exist, can't be read as YAML or JSON, or holds no definition
 */
export function readCrds(paths: readonly string[]): Crd[] {
  return [...new Set(paths)].flatMap((path) => {
    const { manifests, diagnostics } = readManifests([path]);
    const [problem] = diagnostics.filter(({ rule }) => rule !== 'not-a-manifest');
    if (problem) throw new UsageError(`${problem.file}: ${problem.message}`);
    const crds = manifests.map(({ manifest }) => manifest as unknown).filter(isCrd);
    if (crds.length === 0) throw new UsageError(`${path}: no CustomResourceDefinition in it`);
    return crds;
  });
}

/** How deep below a library folder components lie: `vendor/<host>/<owner>/<repo>/lib/<component>/crds`. */
const deepest = 6;

/**
 * The CustomResourceDefinitions that libraries bring along: every `.json` file in a folder `crds` below the library
 * folders.
 *
 * @param root absolute path of the repository
 * @param libs library folders relative to it; those that do not exist are skipped
 */
export function readLibraryCrds(root: string, libs: readonly string[]): Crd[] {
  return libs
    .flatMap((lib) => crdFolders(join(root, lib), deepest))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith('.json'))
    .map(readJson)
    .filter(isCrd);
}

function crdFolders(folder: string, depth: number): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => {
      if (name === 'crds') return [join(folder, name)];
      return depth > 1 && !name.startsWith('.') ? crdFolders(join(folder, name), depth - 1) : [];
    });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: can't be read (${errorMessage(error)})`);
  }
}
