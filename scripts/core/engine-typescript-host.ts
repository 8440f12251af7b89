import { readFileSync } from 'node:fs';
import type { ImportHost } from '../jsonnet/engine/run.ts';
import { resolveImport } from './resolve.ts';

/** Imports from a repository and from nowhere else; files are named by their path in it. */
export function repositoryHost(root: string, libraryPath: readonly string[]): ImportHost {
  return {
    resolve: (path, importer) => {
      const resolution = resolveImport(root, importer, libraryPath, path);
      if ('found' in resolution) return resolution.found;
      throw new Error(
        'outside' in resolution
          ? `import of "${path}" leaves the repository: ${resolution.outside}`
          : `import of "${path}": ${resolution.missing}`,
      );
    },
    text: (file) => readFileSync(`${root}/${file}`, 'utf8'),
    bytes: (file) => readFileSync(`${root}/${file}`),
  };
}
