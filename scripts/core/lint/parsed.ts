import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scopeOf, type Imported } from '../../jsonnet/lint/scope.ts';
import { JsonnetSyntaxError } from '../../jsonnet/syntax/errors.ts';
import { parse } from '../../jsonnet/syntax/parser.ts';
import type { Resolve } from './resolver.ts';

/** Gives for a file what its imports give; every imported file is parsed once. What can't be parsed gives nothing. */
export function importedBy(root: string, resolve: Resolve): (importer: string) => Imported {
  const files = new Map<string, ReturnType<Imported>>();
  const of = (importer: string): Imported => {
    return (path) => {
      const resolution = resolve(importer, path);
      if (!('found' in resolution)) return undefined;
      const { found } = resolution;
      if (!files.has(found)) files.set(found, read(found));
      return files.get(found);
    };
  };
  const read = (file: string): ReturnType<Imported> => {
    try {
      const tree = parse(readFileSync(join(root, file), 'utf8'));
      return { root: tree, scope: scopeOf(tree, of(file)) };
    } catch (error) {
      if (error instanceof JsonnetSyntaxError) return undefined;
      throw error;
    }
  };
  return of;
}
