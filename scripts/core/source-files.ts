import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Folders that hold nothing of one's own: installed, generated, or somebody else's. */
const skipped = new Set(['node_modules', 'dist', 'rendered', 'vendor']);

/** Files below a repository with one of the extensions (`.ts`), relative to it and sorted; hidden folders are left out. */
export function sourceFiles(root: string, extensions: readonly string[], folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory())
        return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : sourceFiles(root, extensions, path);
      return entry.isFile() && extensions.includes(extname(entry.name)) ? [path] : [];
    });
}
