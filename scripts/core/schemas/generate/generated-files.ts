import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that a generator made; `path` is relative to the repository. */
export interface GeneratedFile {
  path: string;
  text: string;
}

/** Everything that a generator made. */
export interface Generated {
  files: GeneratedFile[];
  /** Folders whose `.json` files all come from this generator: those that it no longer makes are removed. */
  folders: string[];
}

/** What writing a generated file did, or would do. */
export interface FileChange {
  path: string;
  /** Size of the new text in bytes of UTF-8; 0 when the file goes away. */
  bytes: number;
  change: 'added' | 'changed' | 'unchanged' | 'removed';
}

/** Compares what a generator made with what the repository holds. */
export async function compareGenerated(root: string, { files, folders }: Generated): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const { path, text } of files) {
    const before = await readFile(join(root, path), 'utf8').catch(() => undefined);
    const change = before === undefined ? 'added' : before === text ? 'unchanged' : 'changed';
    changes.push({ path, bytes: Buffer.byteLength(text), change });
  }
  const paths = new Set(files.map(({ path }) => path));
  for (const folder of folders) {
    const names = await readdir(join(root, folder)).catch(() => []);
    for (const path of names.map((name) => join(folder, name))) {
      if (path.endsWith('.json') && !paths.has(path)) {
        changes.push({ path, bytes: 0, change: 'removed' });
      }
    }
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes generated files, each whole or not at all, and removes those that {@link compareGenerated} calls removed. */
export async function writeGenerated(root: string, generated: Generated): Promise<FileChange[]> {
  const changes = await compareGenerated(root, generated);
  const texts = new Map(generated.files.map(({ path, text }) => [path, text]));
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
