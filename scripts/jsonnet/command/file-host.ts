import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { ImportHost } from '../engine/run.ts';

/** Imports from the file system: the importing file's folder first, then the library folders from last to first. */
export function fileHost(libraryPath: readonly string[]): ImportHost {
  return {
    resolve: (path, importer) => {
      const folders = isAbsolute(path) ? [''] : [importer === '' ? '' : dirname(importer), ...libraryPath.toReversed()];
      for (const folder of folders) {
        const file = isAbsolute(path) ? path : join(folder, path);
        const found = statSync(file, { throwIfNoEntry: false });
        if (found?.isDirectory()) throw new Error(`read ${file}: is a directory`);
        if (found !== undefined) return file;
      }
      throw new Error(`couldn't open import ${JSON.stringify(path)}: no match locally or in the Jsonnet library paths`);
    },
    text: (file) => decode(readFileSync(file)),
    bytes: (file) => readFileSync(file),
  };
}

/** Bytes that aren't UTF-8 become U+FFFD; a byte order mark stays. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
