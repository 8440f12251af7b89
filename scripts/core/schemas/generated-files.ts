import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that a generator made; `path` is relative to the repository. */
export interface GeneratedFile {
  path: string;
  text: string;
}

/** What writing a generated file did, or would do. */
export interface FileChange {
  path: string;
  /** Size of the new text in bytes of UTF-8; 0 when the file goes away. */
  bytes: number;
  change: 'added' | 'changed' | 'unchanged' | 'removed';
}

/**
 * Compares generated files with those in the repository. Files ending in `.json` beside them that were not generated
 * count as removed, so that a definition that upstream drops does not linger.
 */
export async function compareGenerated(
  root: string,
  files: readonly GeneratedFile[],
): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const { path, text } of files) {
    const before = await readFile(join(root, path), 'utf8').catch(() => undefined);
    const change = before === undefined ? 'added' : before === text ? 'unchanged' : 'changed';
    changes.push({ path, bytes: Buffer.byteLength(text), change });
  }
  const generated = new Set(files.map(({ path }) => path));
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const names = await readdir(join(root, folder)).catch(() => []);
    for (const path of names.map((name) => join(folder, name))) {
      if (path.endsWith('.json') && !generated.has(path)) {
        changes.push({ path, bytes: 0, change: 'removed' });
      }
    }
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes generated files, each whole or not at all, and removes those that {@link compareGenerated} calls removed. */
export async function writeGenerated(
  root: string,
  files: readonly GeneratedFile[],
): Promise<FileChange[]> {
  const changes = await compareGenerated(root, files);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  for (const { path, change } of changes) {
    const target = join(root, path);
    if (change === 'removed') await rm(target);
    if (change === 'unchanged' || change === 'removed') continue;
    await mkdir(dirname(target), { recursive: true });
    const temporary = `${target}.${process.pid}.tmp`;
    await writeFile(temporary, texts.get(path) as string);
    await rename(temporary, target);
  }
  return changes;
}
