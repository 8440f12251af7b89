import { readdirSync, realpathSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { errorCode } from './errors.ts';
import { nearest } from './suggest.ts';

/** Where an import leads. Paths are relative to the repository; `absent` are the places that were looked at in vain. */
export type Resolution = { absent: string[] } & (
  | { found: string }
  /** The import leaves the repository: Argo CD refuses it, and a local engine would read the file of this machine. */
  | { outside: string }
  | { missing: string }
);

/**
 * Resolves an import as both engines do: the folder of the importing file first, then the library folders from last to
 * first. As in Argo CD, what is found must be a regular file that lies in the repository after symbolic links.
 */
export function resolveImport(root: string, importer: string, libraries: readonly string[], path: string): Resolution {
  const absent: string[] = [];
  if (path.startsWith('/')) return { absent, outside: 'it is an absolute path' };
  for (const folder of [posix.dirname(importer), ...libraries.toReversed()]) {
    if (climbsOut(folder, path)) {
      // Both engines look there, so it counts only when a file is there to be found.
      if (isFile(`${root}/${folder}/${path}`)) return { absent, outside: 'its path climbs out of the repository' };
      absent.push(posix.join(folder, path));
      continue;
    }
    const candidate = posix.join(folder, path);
    const verdict = inspect(root, candidate);
    if (verdict === 'absent') absent.push(candidate);
    else if (verdict === 'file') return { absent, found: candidate };
    else if (verdict === 'folder') return { absent, missing: `${candidate} is not a regular file` };
    else return { absent, outside: `${candidate} is a symbolic link to ${verdict.target}` };
  }
  return { absent, missing: notFound(root, absent) };
}

function inspect(root: string, path: string): 'absent' | 'file' | 'folder' | { target: string } {
  const full = `${root}/${path}`;
  try {
    const stats = statSync(full, { throwIfNoEntry: false });
    if (stats === undefined) return 'absent';
    const real = realpathSync.native(full);
    if (!real.startsWith(`${root}/`)) return { target: real };
    return stats.isFile() ? 'file' : 'folder';
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return 'absent';
    if (errorCode(error) === 'ELOOP') return 'folder';
    throw error;
  }
}

function climbsOut(folder: string, path: string): boolean {
  let depth = 0;
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function notFound(root: string, absent: readonly string[]): string {
  const inside = absent.filter((candidate) => !candidate.startsWith('../'));
  for (const candidate of inside) {
    const near = nearest(posix.basename(candidate), entries(`${root}/${posix.dirname(candidate)}`));
    if (near !== undefined) return `no such file; did you mean "${posix.join(posix.dirname(candidate), near)}"?`;
  }
  return `no such file; looked for ${inside.join(', ')}`;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
