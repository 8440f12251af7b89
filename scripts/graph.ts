import { posix, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { collect } from './cli/flags.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { UsageError } from './core/errors.ts';
import { folderOf, importGraph, type SourceFile } from './core/graph.ts';
import { openRepository, type Repository } from './core/root.ts';
import { didYouMean } from './core/suggest.ts';
import { drawTree } from './core/tree.ts';
import { printFindings } from './report/findings.ts';

interface Flags {
  env: string[];
  importers?: boolean;
  json?: boolean;
}

/** `graph`: who imports whom, read from the sources without evaluating them. */
export function command(): Command {
  return new Command('graph')
    .description('Show which file imports which, without evaluating anything.')
    .argument('[file]', 'start from this file instead of every main.jsonnet')
    .option('--env <name>', 'only the import graph of this environment (repeatable)', collect, [])
    .option('--importers', 'show who imports the file, up to the environments that a change of it touches')
    .option('--json', 'print every file with its imports as JSON')
    .action(graph);
}

async function graph(file: string | undefined, flags: Flags): Promise<void> {
  if (flags.importers && file === undefined) throw new UsageError('--importers needs a file: whose importers?');
  const repository = openRepository(process.cwd());
  const environments = selectEnvironments(discoverEnvironments(repository), flags.env);
  const graphs = environments.map((environment) => ({ environment, ...importGraph(environment) }));
  const files = new Map(graphs.flatMap((each) => [...each.files]));

  const start = file === undefined ? undefined : locate(repository, files, file);
  const importsOf = (path: string): string[] => unique(files.get(path)?.imports.map(({ to }) => to) ?? []);
  const next = flags.importers ? importersIn(files, importsOf) : importsOf;
  if (flags.json) {
    const shown = start === undefined ? [...files.keys()] : [...reachable(start, next)];
    const list = shown.sort().map((path) => ({ path, imports: files.get(path)?.imports ?? [] }));
    process.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
  } else {
    const roots =
      start === undefined ? environments.map((each) => posix.join(folderOf(each), 'main.jsonnet')) : [start];
    for (const root of roots) process.stdout.write(drawTree(root, next));
  }
  await printFindings(
    graphs.flatMap(({ diagnostics }) => diagnostics),
    process.stderr,
  );
}

/** A file is named relative to the working folder, as shells complete it, or to the repository. */
function locate(repository: Repository, files: ReadonlyMap<string, SourceFile>, file: string): string {
  const path = [relative(repository.root, resolve(file)), posix.normalize(file)].find((each) => files.has(each));
  if (path !== undefined) return path;
  throw new UsageError(`no environment imports "${file}": ${didYouMean(file, [...files.keys()])}`);
}

function importersIn(files: ReadonlyMap<string, SourceFile>, importsOf: (path: string) => string[]) {
  const importers = new Map<string, string[]>();
  for (const path of files.keys()) {
    for (const to of importsOf(path)) importers.set(to, [...(importers.get(to) ?? []), path]);
  }
  return (path: string): string[] => importers.get(path) ?? [];
}

function reachable(start: string, next: (path: string) => string[]): Set<string> {
  const found = new Set([start]);
  for (const path of found) for (const to of next(path)) found.add(to);
  return found;
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
