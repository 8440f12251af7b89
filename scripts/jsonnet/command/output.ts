// Where the text goes.
import { mkdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import type { Settings } from './arguments.ts';

/** To the output file, or to standard output. */
export function writeOutput(text: string, { outputFile, createFolders }: Settings): void {
  if (outputFile === undefined) return writeAll(text);
  if (createFolders) mkdirSync(dirname(outputFile), { recursive: true });
  writeFileSync(outputFile, text);
}

function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // A pipe that is full for the moment.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** Writes the files of `--multi` that differ from what is there, and lists all of them. */
export function writeFiles(files: ReadonlyMap<string, string>, settings: Settings): void {
  const folder = normalize(settings.outputFolder!).replace(/(.)\/$/, '$1');
  const names = [...files.keys()];
  const paths = names.map((name) => {
    const inside = normalize(name).replace(/^\/+/, '');
    if (relative(folder, join(folder, inside)).startsWith('..')) {
      throw new Error(`openat ${name}: path escapes from parent`);
    }
    return join(folder, inside);
  });
  if (settings.createFolders && names.length > 0) mkdirSync(folder, { recursive: true });
  names.forEach((name, index) => {
    const path = paths[index]!;
    const text = files.get(name)!;
    if (isSame(path, text)) return;
    if (settings.createFolders) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  });
  writeOutput(paths.map((path) => `${path}\n`).join(''), settings);
}

function isSame(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

/** The documents of `--yaml-stream`. */
export function streamText(documents: readonly string[]): string {
  if (documents.length === 0) return '';
  return `${documents.map((text) => `---\n${text}\n`).join('')}...\n`;
}
