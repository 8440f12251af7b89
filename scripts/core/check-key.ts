import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kubernetesMinors, packageRoot } from './schemas/bundle.ts';
import { libraryCrdFiles } from './schemas/library-crds.ts';
import type { Environment } from './types.ts';

/**
 * Changes with everything that a check of an environment depends on besides its manifests and the code: the schemas of
 * Kubernetes, the CustomResourceDefinitions of the libraries, and which files lie in the environment's folder.
 */
export function checkKey(environment: Environment): unknown[] {
  const hash = createHash('sha256');
  for (const file of libraryCrdFiles(environment.root, environment.libs)) hash.update(file).update(readFileSync(file));
  // The package's own files change by installation, never by hand and back within a clock tick.
  const schemas = kubernetesMinors().map((minor) => {
    const { size, mtimeMs } = statSync(join(packageRoot(), 'schemas', 'kubernetes', `${minor}.json`));
    return [minor, size, mtimeMs];
  });
  const files = readdirSync(environment.directory, { recursive: true, encoding: 'utf8' }).sort();
  return [schemas, hash.digest('hex'), files];
}
