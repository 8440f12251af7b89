import { readFileSync } from 'node:fs';
import type { ImportHost } from '../jsonnet/engine/run.ts';
import { importKey, type ImportGraph } from './graph.ts';
import { resolveImport } from './resolve.ts';

/**
 * Imports from a repository and from nowhere else; files are named by their path in it. What `graph` holds is neither looked
 * for nor read again.
 */
export function repositoryHost(root: string, libraryPath: readonly string[], graph?: ImportGraph): ImportHost {
  const bytes = (file: string): Buffer => graph?.files.get(file)?.content ?? readFileSync(`${root}/${file}`);
  return {
    resolve: (path, importer) => {
      const known = graph?.resolved.get(importKey(importer, path));
      if (known !== undefined) return known;
      const resolution = resolveImport(root, importer, libraryPath, path);
      if ('found' in resolution) return resolution.found;
      throw new Error(
        'outside' in resolution
          ? `import of "${path}" leaves the repository: ${resolution.outside}`
          : `import of "${path}": ${resolution.missing}`,
      );
    },
    text: (file) => bytes(file).toString('utf8'),
    bytes,
  };
}
