import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError, errorCode } from './errors.ts';

/** The repository that a command works on. */
export interface Repository {
  /** Absolute path with symbolic links resolved: what lies in the repository is decided by real paths. */
  root: string;
  /** Folder of the environments, relative to `root`. */
  environments: string;
  /** Library folders relative to `root`, searched from last to first, as in Argo CD's `directory.jsonnet.libs`. */
  libs: string[];
}

const defaults = { environments: 'environments', libs: ['vendor', 'lib'] };

/**
 * Finds the repository that contains `from`: the nearest folder upward whose package.json has a field `rekindle`, or
 * that holds `environments/`. The field is `{"libs": […], "environments": "…"}`, both optional.
 */
export function openRepository(from: string): Repository {
  for (let folder = realpathSync(from); ; folder = dirname(folder)) {
    const configured = readConfiguration(folder);
    const repository = { root: folder, ...defaults, ...configured };
    if (isFolder(join(folder, repository.environments))) return repository;
    if (configured !== undefined) {
      throw new UsageError(
        `${join(folder, repository.environments)}: no such folder; create it, or name the folder of the environments in ` +
          `"rekindle": {"environments": …} of ${join(folder, 'package.json')}`,
      );
    }
    if (dirname(folder) === folder) break;
  }
  throw new UsageError(
    `no folder "environments" in ${from} or above it; run this inside a repository that has environments/<name>/main.jsonnet`,
  );
}

function readConfiguration(folder: string): Partial<Repository> | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  let field: unknown;
  try {
    field = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown> | null)?.rekindle;
  } catch (error) {
    if (errorCode(error) !== undefined) throw error;
    throw new UsageError(`${file}: not valid JSON`);
  }
  if (field === undefined) return undefined;
  if (typeof field !== 'object' || field === null) throw new UsageError(`${file}: "rekindle" must be an object`);
  const { environments, libs, ...unknown } = field as Record<string, unknown>;
  for (const name of Object.keys(unknown)) {
    throw new UsageError(`${file}: unknown field "rekindle.${name}"; there are: environments, libs`);
  }
  return {
    ...(environments !== undefined && { environments: relativeFolder(file, 'environments', environments) }),
    ...(libs !== undefined && { libs: folderList(file, libs) }),
  };
}

function folderList(file: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw new UsageError(`${file}: "rekindle.libs" must be an array of folders`);
  return value.map((entry) => relativeFolder(file, 'libs', entry));
}

/** Argo CD reads the same folders from a fresh clone, so they must lie in the repository. */
function relativeFolder(file: string, field: string, value: unknown): string {
  const path = typeof value === 'string' ? value.replace(/^\.\//, '').replace(/\/+$/, '') : '';
  if (path === '' || path.startsWith('/') || path.split('/').includes('..')) {
    throw new UsageError(
      `${file}: "rekindle.${field}" must name a folder inside the repository, got ${JSON.stringify(value)}`,
    );
  }
  return path;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
