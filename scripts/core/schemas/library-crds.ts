import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';

/** How deep below a library folder components lie: `vendor/<host>/<owner>/<repo>/lib/<component>/crds`. */
const deepest = 6;

/**
 * The files in which libraries bring their CustomResourceDefinitions along: every `.json` file in a folder `crds` below
 * the library folders, as absolute paths.
 *
 * @param root absolute path of the repository
 * @param libs library folders relative to it; those that do not exist are skipped
 */
export function libraryCrdFiles(root: string, libs: readonly string[]): string[] {
  return libs
    .flatMap((lib) => crdFolders(join(root, lib), deepest))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith('.json'));
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
