import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError, errorCode } from './errors.ts';
import { withLock } from './lock.ts';

/** The files of one app. They lie in `<output>/<env>/<app>/`. */
export interface AppOutput {
  env: string;
  app: string;
  /** A file without a text is there already, as the caller has seen. */
  files: { name: string; text?: string }[];
}

export interface WriteResult {
  written: number;
  removed: number;
}

/** Folder in the output that holds the lock, the index and what is being written. */
const stateFolder = '.rekindle';

/** How long a second render waits for the first, in seconds. */
const lockSeconds = 5;

/** Which files the last runs wrote, by `<env>/<app>`: only those are ever removed. */
type Index = Record<string, string[]>;

/**
 * Brings the output folder to the given state. Every file is written aside and renamed into place, so that a reader, or a
 * run that is killed, never sees half a file; nothing is touched before everything is written. Then the files of earlier
 * runs that are no longer part of the output are removed: of the apps given here, and of every app that `exists` denies.
 * Files that were not written by a render stay.
 */
export async function writeOutput(
  directory: string,
  apps: readonly AppOutput[],
  exists: (env: string, app: string) => boolean,
): Promise<WriteResult> {
  const state = join(directory, stateFolder);
  const progress = { committing: false };
  try {
    if (isEmpty(plan(directory, apps, exists))) return { written: 0, removed: 0 };
    mkdirSync(state, { recursive: true });
    return await withLock(join(state, 'lock'), lockSeconds, () => {
      removeLeftovers(state);
      return commit(directory, plan(directory, apps, exists), progress);
    });
  } catch (error) {
    throw explained(error, directory, progress.committing ? 'render again when it is mended' : 'nothing was changed');
  }
}

interface Plan {
  /** By path relative to the output. */
  write: Map<string, string>;
  remove: string[];
  before: Index;
  after: Index;
}

function isEmpty({ write, remove, before, after }: Plan): boolean {
  return write.size === 0 && remove.length === 0 && JSON.stringify(before) === JSON.stringify(after);
}

function plan(directory: string, apps: readonly AppOutput[], exists: (env: string, app: string) => boolean): Plan {
  const before = readIndex(directory);
  const after: Index = {};
  const write = new Map<string, string>();
  for (const { env, app, files } of apps) {
    after[`${env}/${app}`] = files.map(({ name }) => name).sort();
    for (const { name, text } of files) {
      const path = `${env}/${app}/${name}`;
      if (text !== undefined && !read(join(directory, path))?.equals(Buffer.from(text))) write.set(path, text);
    }
  }
  for (const [folder, names] of Object.entries(before)) {
    const [env = '', app = ''] = folder.split('/');
    if (after[folder] === undefined && exists(env, app)) after[folder] = names;
  }
  const wanted = new Set(pathsOf(after));
  const remove = pathsOf(before).filter((path) => !wanted.has(path));
  return { write, remove, before, after: Object.fromEntries(Object.entries(after).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * One synchronous step: a signal is handled before it or after it, never in between. Only SIGKILL can leave some files
 * new and some old, each whole; the index names both, so that the next run tidies up.
 */
function commit(directory: string, { write, remove, before, after }: Plan, progress: { committing: boolean }): WriteResult {
  const stage = join(directory, stateFolder, `stage-${process.pid}`);
  mkdirSync(stage, { recursive: true });
  try {
    const staged = [...write].map(([path, text], number) => {
      const [temporary, target] = [join(stage, String(number)), join(directory, path)];
      about(target, () => writeFileSync(temporary, text));
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
function removeLeftovers(state: string): void {
  for (const name of readdirSync(state)) {
    if (name !== 'lock' && name !== 'index.json') rmSync(join(state, name), { recursive: true, force: true });
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

function pathsOf(index: Index): string[] {
  return Object.entries(index).flatMap(([folder, names]) => names.map((name) => `${folder}/${name}`));
}

function union(a: Index, b: Index): Index {
  const folders = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...folders].map((folder) => [folder, [...new Set([...(a[folder] ?? []), ...(b[folder] ?? [])])]]));
}

/** An index that can't be read, or that names a path outside of the output, is none: then nothing is removed. */
function readIndex(directory: string): Index {
  try {
    const index = JSON.parse(read(join(directory, stateFolder, 'index.json'))?.toString() ?? '{}') as Index;
    return pathsOf(index).every((path) => /^(?!\.)[^/]+\/(?!\.)[^/]+\/(?!\.)[^/]+$/.test(path)) ? index : {};
  } catch {
    return {};
  }
}

function writeIndex(directory: string, stage: string, index: Index): void {
  const temporary = join(stage, 'index.json');
  writeFileSync(temporary, `${JSON.stringify(index, null, 2)}\n`);
  renameSync(temporary, join(directory, stateFolder, 'index.json'));
}

function read(path: string): Buffer | undefined {
  try {
    return about(path, () => readFileSync(path));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes a system error name the file that a user knows; an error of a write names none at all. */
function about<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error;
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
