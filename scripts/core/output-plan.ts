import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './cache.ts';
import { UsageError, errorCode } from './errors.ts';

/** The files of one app, or of what is no app. They lie in `<output>/<env>/<app>/`, or in folders in there. */
export interface AppOutput {
  env: string;
  app: string;
  /** A file is given by its text, or, where the caller has seen that it is there already, by its SHA-256. */
  files: { name: string; text?: string; hash?: string }[];
}

/** Whether an app is part of the repository although it isn't written now. */
export type Exists = (env: string, app: string) => boolean;

/** Which files renders have written, by `<env>/<app>`: only those are ever removed. */
export type Index = Record<string, string[]>;

/** Folder in the output that holds the lock, the index and what is being written. */
export const stateFolder = '.rekindle';

/** File in the state folder that holds the index. */
export const indexFile = 'index.json';

/** What an output folder lacks. Paths are relative to it. */
export interface Plan {
  write: Map<string, string>;
  remove: string[];
  before: Index;
  after: Index;
}

/** Compares an output folder with what it should hold. The caller holds the lock. */
export function planOutput(directory: string, apps: readonly AppOutput[], exists: Exists): Plan {
  refuseChanged(directory, apps);
  return { write: new Map(filesToWrite(directory, apps)), ...planIndex(directory, apps, exists) };
}

/** Whether there is nothing to do. It needs no lock, so that an output that is as it should be may be read-only. */
export function isCurrent(directory: string, apps: readonly AppOutput[], exists: Exists): boolean {
  if (leftovers(directory).length > 0) return false;
  if (filesToWrite(directory, apps).next().done !== true) return false;
  const { remove, before, after } = planIndex(directory, apps, exists);
  return remove.length === 0 && JSON.stringify(before) === JSON.stringify(after);
}

/** What is in the state folder besides the index: of a run that is writing, or of one that was killed. */
export function leftovers(directory: string): string[] {
  const state = join(directory, stateFolder);
  return existsSync(state) ? readdirSync(state).filter((name) => name !== indexFile) : [];
}

/** The files that are missing or different, with their texts. */
function* filesToWrite(directory: string, apps: readonly AppOutput[]): Generator<[path: string, text: string]> {
  for (const { env, app, files } of apps) {
    // A look at the folder spares a failing look at each file of a first render.
    const isNew = !existsSync(join(directory, env, app));
    for (const { name, text } of files) {
      const path = `${env}/${app}/${name}`;
      if (text === undefined) continue;
      if (isNew || !readIfThere(join(directory, path))?.equals(Buffer.from(text))) yield [path, text];
    }
  }
}

/** The files that the caller has seen must still be so when the lock is held, or the output would mix two renders. */
function refuseChanged(directory: string, apps: readonly AppOutput[]): void {
  for (const { env, app, files } of apps) {
    for (const { name, hash } of files) {
      const path = join(directory, env, app, name);
      if (hash !== undefined && sha256(readIfThere(path) ?? '') !== hash) {
        throw new UsageError(`${path} was changed by another process while this one rendered; render again`);
      }
    }
  }
}

function planIndex(directory: string, apps: readonly AppOutput[], exists: Exists): Omit<Plan, 'write'> {
  const before = readIndex(directory);
  const after: Index = {};
  for (const { env, app, files } of apps) after[`${env}/${app}`] = files.map(({ name }) => name).sort();
  for (const [folder, names] of Object.entries(before)) {
    const [env = '', app = ''] = folder.split('/');
    if (after[folder] === undefined && exists(env, app)) after[folder] = names;
  }
  const wanted = new Set(pathsOf(after));
  const remove = pathsOf(before).filter((path) => !wanted.has(path));
  return { remove, before, after: Object.fromEntries(Object.entries(after).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** An index that can't be read, or that names a path outside of the output, is none: then nothing is removed. */
function readIndex(directory: string): Index {
  try {
    const index = JSON.parse(readIfThere(join(directory, stateFolder, indexFile))?.toString() ?? '{}') as Index;
    return pathsOf(index).every((path) => /^(?!\.)[^/]+\/(?!\.)[^/]+(\/(?!\.\.?(\/|$))[^/]+)+$/.test(path))
      ? index
      : {};
  } catch {
    return {};
  }
}

function pathsOf(index: Index): string[] {
  return Object.entries(index).flatMap(([folder, names]) => names.map((name) => `${folder}/${name}`));
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    // An error of a read names no file.
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}
