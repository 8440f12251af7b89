import { mkdirSync, renameSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError, errorCode } from './errors.ts';
import { withLock } from './lock.ts';
import { indexFile, isCurrent, leftovers, planOutput, stateFolder } from './output-plan.ts';
import type { AppOutput, Exists, Index, Plan } from './output-plan.ts';

export interface WriteResult {
  written: number;
  removed: number;
}

/** How long a second render waits for the first, in seconds. */
const lockSeconds = 5;

const lockFile = 'lock';

/**
 * Brings the output folder to the given state. Every file is written aside and renamed into place, so that a reader, or a
 * run that is killed, never sees half a file; nothing is touched before everything is written. Then the files of earlier
 * runs that are no longer part of the output are removed: of the apps given here, and of every app that `exists` denies.
 * Files that were not written by a render stay.
 */
export async function writeOutput(directory: string, apps: readonly AppOutput[], exists: Exists): Promise<WriteResult> {
  const state = join(directory, stateFolder);
  const progress = { committing: false };
  try {
    if (isCurrent(directory, apps, exists)) return { written: 0, removed: 0 };
    mkdirSync(state, { recursive: true });
    return await withLock(join(state, lockFile), lockSeconds, () => {
      removeLeftovers(directory);
      return commit(directory, planOutput(directory, apps, exists), progress);
    });
  } catch (error) {
    throw explained(error, directory, progress.committing ? 'render again when it is mended' : 'nothing was changed');
  }
}

/**
 * One synchronous step: a signal is handled before it or after it, never in between. Only SIGKILL can leave some files
 * new and some old, each whole; the index names both, so that the next run tidies up.
 */
function commit(
  directory: string,
  { write, remove, before, after }: Plan,
  progress: { committing: boolean },
): WriteResult {
  const stage = join(directory, stateFolder, `stage-${process.pid}`);
  mkdirSync(stage, { recursive: true });
  try {
    const staged = writeAside(directory, stage, write);
    writeIndex(directory, stage, union(before, after));
    progress.committing = true;
    for (const [path, temporary] of staged) naming(directory, path, () => renameSync(temporary, join(directory, path)));
    for (const path of remove) removeFile(directory, path);
    writeIndex(directory, stage, after);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return { written: write.size, removed: remove.length };
}

/** Removes what runs that were killed left behind. The caller holds the lock, so nobody is using it. */
function removeLeftovers(directory: string): void {
  for (const name of leftovers(directory)) {
    if (name !== lockFile) rmSync(join(directory, stateFolder, name), { recursive: true, force: true });
  }
}

function removeFile(directory: string, path: string): void {
  rmSync(join(directory, path), { force: true });
  // Folders that became empty go too; one that holds something else stays.
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(directory, folder));
    } catch {
      return;
    }
  }
}

function union(a: Index, b: Index): Index {
  const folders = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...folders].map((folder) => [folder, [...new Set([...(a[folder] ?? []), ...(b[folder] ?? [])])]]),
  );
}

function writeIndex(directory: string, stage: string, index: Index): void {
  const temporary = join(stage, indexFile);
  writeFileSync(temporary, `${JSON.stringify(index, null, 2)}\n`);
  renameSync(temporary, join(directory, stateFolder, indexFile));
}

/**
 * Writes the files to the stage; returns where each thing there is to go. A folder that the output lacks is made in the stage
 * and moved as a whole: to move its files one by one costs as much again as to write them.
 */
function writeAside(directory: string, stage: string, files: Plan['write']): Map<string, string> {
  const staged = new Map<string, string>();
  const isThere = folderLookup(directory);
  const made = new Set<string>();
  for (const [path, text] of files) {
    const moved = outermostMissing(path, isThere);
    let temporary = staged.get(moved);
    if (temporary === undefined) staged.set(moved, (temporary = `${stage}/${staged.size}`));
    temporary += path.slice(moved.length);
    const folder = dirname(temporary);
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
    naming(directory, path, () => writeFileSync(temporary, text));
  }
  return staged;
}

/** The path itself, or the first folder on the way to it that isn't there. */
function outermostMissing(path: string, isThere: (folder: string) => boolean): string {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    if (!isThere(path.slice(0, end))) return path.slice(0, end);
  }
  return path;
}

/** Whether a folder of the output is there. Throws when it is no folder. */
function folderLookup(directory: string): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  const look = (path: string): boolean => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory() === false) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', path });
    return stats !== undefined;
  };
  return (folder) => {
    let isThere = known.get(folder);
    if (isThere === undefined) known.set(folder, (isThere = look(join(directory, folder))));
    return isThere;
  };
}

/** An error of a write names no file, and the staged one would mean nothing to a user. */
function naming(directory: string, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path: join(directory, path) }) : error;
  }
}

const reasons: Record<string, string> = {
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than allowed',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file is in the way of a folder',
  EEXIST: 'a file is in the way of a folder',
  EISDIR: 'a folder is in the way of a file',
  EMFILE: 'too many open files',
};

/** What the operating system refused, as a usage error that names the path and what became of the output. */
function explained(error: unknown, directory: string, consequence: string): unknown {
  const reason = reasons[errorCode(error) ?? ''];
  if (reason === undefined) return error;
  const path = (error as NodeJS.ErrnoException).path ?? directory;
  return new UsageError(`cannot write ${path}: ${reason}; ${consequence}`);
}
