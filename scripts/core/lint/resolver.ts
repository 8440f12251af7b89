import { resolveImport, type Resolution } from '../resolve.ts';

export type Resolve = (importer: string, path: string) => Resolution;

/** Resolves imports in a repository, each once. */
export function resolver(root: string, libs: readonly string[]): Resolve {
  const known = new Map<string, Resolution>();
  return (importer, path) => {
    const key = `${importer}\n${path}`;
    const resolution = known.get(key) ?? resolveImport(root, importer, libs, path);
    known.set(key, resolution);
    return resolution;
  };
}
