import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { applicationsOf } from './applications.ts';
import type { ApplicationSource } from './applications.ts';
import { globMatches } from './glob.ts';
import type { Rule } from './rule.ts';
import { pointer } from './values.ts';

/** The files that Argo CD takes for manifests in a directory source, whatever is in them. */
const manifestFile = /^.*\.(yaml|yml|json|jsonnet)$/;

/** Files beside main.jsonnet that an Application of the environment would read as manifests. */
export const strayManifest: Rule = {
  name: 'stray-manifest',
  summary: 'Argo CD would take a file beside main.jsonnet for a manifest.',
  severity: 'error',
  *check(scope) {
    if (scope.env === undefined) return;
    const folder = relative(scope.env.root, scope.env.directory).replaceAll('\\', '/');
    for (const application of applicationsOf(scope)) {
      for (const source of application.sources) {
        if (source.path === undefined || trimmed(source.path) !== folder) continue;
        for (const file of readByArgo(scope.env.directory, source)) {
          if (file === 'main.jsonnet') continue;
          yield {
            subject: application.subject,
            message: `the Application would read ${folder}/${file} as a manifest`,
            hint: 'set directory.include to main.jsonnet in its source, or move the file out of the folder',
            pointer: pointer(...source.at, 'directory', 'include'),
            file: `${folder}/${file}`,
          };
        }
      }
    }
  },
};

/** Paths below `directory` that the source takes, sorted. Exclude wins over include, as in Argo CD. */
function readByArgo(directory: string, { include, exclude, recurse }: ApplicationSource, below = ''): string[] {
  const files: string[] = [];
  for (const entry of readdirSync(join(directory, below), { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (recurse) files.push(...readByArgo(directory, { include, exclude, recurse } as ApplicationSource, path));
    } else if (
      manifestFile.test(entry.name) &&
      !(exclude !== undefined && globMatches(exclude, path)) &&
      (include === undefined || globMatches(include, path))
    ) {
      files.push(path);
    }
  }
  return files;
}

function trimmed(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}
