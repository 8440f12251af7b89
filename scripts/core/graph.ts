import { readFileSync } from 'node:fs';
import { posix, relative } from 'node:path';
import { sha256 } from './cache.ts';
import { firstInvalidUtf8 } from './encoding.ts';
import { importsIn, type ImportKind, type ImportStatement } from './imports.ts';
import { resolveImport } from './resolve.ts';
import type { Diagnostic, Environment } from './types.ts';

export interface ImportEdge {
  kind: ImportKind;
  /** The file that is read, relative to the repository. */
  to: string;
  /** 1-based position of the import in the file that imports. */
  line: number;
  column: number;
}

/** One file of an import graph. */
export interface SourceFile {
  /** Relative to the repository. */
  path: string;
  content: Buffer;
  /** SHA-256 of the content, in hexadecimal. */
  hash: string;
  imports: ImportEdge[];
}

/** Everything that an evaluation of one environment can read, found without evaluating it. */
export interface ImportGraph {
  /** By path, in the order in which they were found. */
  files: Map<string, SourceFile>;
  /** Where imports lead, by {@link importKey}. */
  resolved: Map<string, string>;
  /** Paths that were looked for in vain, relative to the repository: a file that appears there changes the graph. */
  absent: Set<string>;
  /** Findings of the rules `import-outside-repository`, `import-missing`, `import-computed` and `source-encoding`. */
  diagnostics: Diagnostic[];
}

/** Stands for the import of `path` in a file. */
export function importKey(importer: string, path: string): string {
  return `${importer}\0${path}`;
}

/** The files that an evaluation starts from, relative to the environment's folder. */
const entries = ['main.jsonnet', 'cluster.libsonnet'];

/** The path of an environment's folder, relative to its repository. */
export function folderOf({ root, directory }: Environment): string {
  return directory.startsWith(`${root}/`) ? directory.slice(root.length + 1) : relative(root, directory);
}

/** Library folders in Argo CD's order, the app's own folder first; they are searched from last to first. */
export function libraryPath(environment: Environment): string[] {
  return [folderOf(environment), ...environment.libs];
}

/** Reads the import graph of an environment, unused branches included, from the text of its sources. */
export function importGraph(environment: Environment): ImportGraph {
  const graph: ImportGraph = { files: new Map(), resolved: new Map(), absent: new Set(), diagnostics: [] };
  const folder = folderOf(environment);
  const queue: { path: string; kind: ImportKind }[] = [];
  const seen = new Set<string>();
  const enqueue = (path: string, kind: ImportKind): void => {
    if (seen.has(`${kind} ${path}`)) return;
    seen.add(`${kind} ${path}`);
    queue.push({ path, kind });
  };

  const follow = (from: string, statement: ImportStatement): ImportEdge | undefined => {
    const { kind, path, line, column } = statement;
    const place = { env: environment.name, file: from, line, column };
    if (path === undefined) {
      graph.diagnostics.push(computedImport(kind, place));
      return undefined;
    }
    const resolution = resolveImport(environment.root, from, libraryPath(environment), path);
    for (const candidate of resolution.absent) graph.absent.add(candidate);
    if ('found' in resolution) {
      enqueue(resolution.found, kind);
      graph.resolved.set(importKey(from, path), resolution.found);
      return { kind, to: resolution.found, line, column };
    }
    graph.diagnostics.push(
      'outside' in resolution
        ? outsideImport(path, resolution.outside, place)
        : missingImport(path, resolution.missing, place),
    );
    return undefined;
  };

  for (const path of entries) follow(posix.join(folder, path), { kind: 'import', path, line: 1, column: 1 });
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    const { path, kind } = item;
    const content = readFileSync(`${environment.root}/${path}`);
    const file = graph.files.get(path) ?? { path, content, hash: sha256(content), imports: [] };
    graph.files.set(path, file);
    if (kind === 'importbin') continue;
    const invalid = firstInvalidUtf8(content);
    if (invalid !== undefined) graph.diagnostics.push(encoding({ env: environment.name, file: path, ...invalid }));
    if (kind !== 'import') continue;
    for (const statement of importsIn(content.toString('utf8'), file.hash)) {
      const edge = follow(path, statement);
      if (edge !== undefined) file.imports.push(edge);
    }
  }
  return graph;
}

type Place = Required<Pick<Diagnostic, 'file' | 'line' | 'column'>> & Pick<Diagnostic, 'env'>;

function outsideImport(path: string, reason: string, place: Place): Diagnostic {
  return {
    rule: 'import-outside-repository',
    severity: 'error',
    message: `import of "${path}" leaves the repository: ${reason}`,
    hint: 'copy what you need into the repository; Argo CD reads nothing else',
    ...place,
  };
}

function missingImport(path: string, reason: string, place: Place): Diagnostic {
  return { rule: 'import-missing', severity: 'error', message: `import of "${path}": ${reason}`, ...place };
}

function computedImport(kind: ImportKind, place: Place): Diagnostic {
  return {
    rule: 'import-computed',
    severity: 'error',
    message: `the path of ${kind} must be one string literal`,
    hint: `write (${kind} 'file') in parentheses before you use its value`,
    ...place,
  };
}

function encoding(place: Place): Diagnostic {
  return {
    rule: 'source-encoding',
    severity: 'error',
    message: 'the file is not valid UTF-8; the engines would replace the bytes in silence',
    hint: 'save the file as UTF-8, or read it with importbin',
    ...place,
  };
}
