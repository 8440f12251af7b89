// Files without a file system.
import type { ImportHost } from './run.ts';

/**
 * Imports from a map of texts by path, such as `lib/a.libsonnet`: the importing file's folder first, then the folders of
 * `libraryPath` from last to first. `importbin` gives a text's UTF-8.
 */
export function textHost(files: ReadonlyMap<string, string>, libraryPath: readonly string[] = []): ImportHost {
  return {
    resolve: (path, importer) => {
      const folders = [importer.slice(0, importer.lastIndexOf('/') + 1), ...libraryPath.toReversed()];
      const candidates = path.startsWith('/') ? [path] : folders.map((folder) => join(folder, path));
      const found = candidates.find((candidate) => files.has(candidate));
      if (found !== undefined) return found;
      throw new Error(`import of "${path}": no such file; looked for ${[...new Set(candidates)].join(', ')}`);
    },
    text: (file) => files.get(file)!,
    bytes: (file) => new TextEncoder().encode(files.get(file)),
  };
}

/** A path in a folder, without `.` and `..` as far as they can be taken away. */
function join(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (folder.startsWith('/') ? '/' : '') + parts.join('/');
}
