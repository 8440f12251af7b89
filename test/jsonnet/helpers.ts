import type { ImportHost } from '../../scripts/jsonnet/engine/run.ts';

/** For programs that import nothing. */
export const noFiles: ImportHost = {
  resolve: (path) => {
    throw new Error(`no file ${path}`);
  },
  text: () => '',
  bytes: () => new Uint8Array(),
};

/** Files by name; imports are not relative. */
export function filesOf(files: Readonly<Record<string, string>>): ImportHost {
  return {
    resolve: (path) => {
      if (Object.hasOwn(files, path)) return path;
      throw new Error(`no file ${path}`);
    },
    text: (file) => files[file]!,
    bytes: (file) => new TextEncoder().encode(files[file]),
  };
}
