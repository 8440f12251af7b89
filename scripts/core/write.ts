import { mkdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
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
    const staged = [...write].map(([path, text], number) => {
      const [temporary, target] = [join(stage, String(number)), join(directory, path)];
      writeStaged(temporary, text, target);
      return [temporary, target] as const;
    });
    for (const folder of new Set(staged.map(([, path]) => dirname(path)))) mkdirSync(folder, { recursive: true });
    writeIndex(directory, stage, union(before, after));
    progress.committing = true;
    for (const [temporary, path] of staged) renameSync(temporary, path);
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

/** An error of a write names no file, and the staged one would mean nothing to a user. */
function writeStaged(temporary: string, text: string, target: string): void {
  try {
    writeFileSync(temporary, text);
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path: target }) : error;
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
