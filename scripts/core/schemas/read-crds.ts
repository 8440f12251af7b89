import { readFileSync } from 'node:fs';
import { UsageError, errorMessage } from '../errors.ts';
import { readManifests } from '../read-manifests.ts';
import { isCrd, type Crd } from './crd.ts';
import { libraryCrdFiles } from './library-crds.ts';

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

/**
 * The CustomResourceDefinitions that libraries bring along.
 *
 * @param root absolute path of the repository
 * @param libs library folders relative to it; those that do not exist are skipped
 */
export function readLibraryCrds(root: string, libs: readonly string[]): Crd[] {
  return libraryCrdFiles(root, libs).map(readJson).filter(isCrd);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: can't be read (${errorMessage(error)})`);
  }
}
