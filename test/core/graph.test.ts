import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { discoverEnvironments } from '../../scripts/core/discover.ts';
import { importGraph, type ImportGraph } from '../../scripts/core/graph.ts';
import { openRepository } from '../../scripts/core/root.ts';
import { fixtureRepository, repositoryOf, temporaryFolder, type TestRepository } from '../helpers/repository.ts';

function graphOf({ root }: TestRepository): ImportGraph {
  const [environment] = discoverEnvironments(openRepository(root));
  assert.ok(environment);
  return importGraph(environment);
}

/** One environment whose cluster.libsonnet is the given source. */
function oneEnvironment(source: string | Uint8Array, files: Record<string, string | Uint8Array> = {}): TestRepository {
  return repositoryOf({
    'environments/lab/main.jsonnet': `function(app, revision=null) (import 'cluster.libsonnet').manifests(app, revision)\n`,
    'environments/lab/cluster.libsonnet': source,
    ...files,
  });
}

function findings(graph: ImportGraph): string[] {
  return graph.diagnostics.map(({ rule, file, line, column }) => `${rule} ${file}:${line}:${column}`);
}

test('the graph of an environment holds every file that it can read, with its imports', () => {
  const graph = graphOf(fixtureRepository());
  assert.deepEqual(
    [...graph.files.keys()],
    [
      'environments/home/main.jsonnet',
      'environments/home/cluster.libsonnet',
      'lib/cluster/main.libsonnet',
      'vendor/greeting/main.libsonnet',
      'lib/notice.txt',
    ],
  );
  assert.deepEqual(graph.files.get('environments/home/cluster.libsonnet')?.imports, [
    { kind: 'import', to: 'lib/cluster/main.libsonnet', line: 1, column: 17 },
  ]);
  assert.deepEqual(graph.diagnostics, []);
});

test('imports resolve beside the importing file first, then in lib, vendor and the folder of the environment', () => {
  const files = {
    'vendor/a': '1',
    'lib/a': '2',
    'lib/b/a': '3',
    'environments/lab/c': '4',
    'vendor/c': '5',
    'environments/lab/d': '6',
  };
  const graph = graphOf(
    oneEnvironment(`[import 'a', import 'b/x', import 'd']`, { ...files, 'lib/b/x': `[import 'a', import 'c']` }),
  );
  const edges = [...graph.files.values()].flatMap(({ path, imports }) => imports.map(({ to }) => [path, to]));
  assert.deepEqual(edges.slice(1), [
    ['environments/lab/cluster.libsonnet', 'lib/a'],
    ['environments/lab/cluster.libsonnet', 'lib/b/x'],
    ['environments/lab/cluster.libsonnet', 'environments/lab/d'],
    ['lib/b/x', 'lib/b/a'],
    ['lib/b/x', 'vendor/c'],
  ]);
  assert.ok(graph.absent.has('environments/lab/a'));
  assert.ok(graph.absent.has('lib/c'));
});

test('a file that imports itself, or a circle of three, is read once', () => {
  const graph = graphOf(
    oneEnvironment(`import 'a'`, { 'lib/a': `import 'b'`, 'lib/b': `import 'c'`, 'lib/c': `[import 'a', import 'c']` }),
  );
  assert.equal(graph.files.size, 5);
  assert.deepEqual(graph.diagnostics, []);
});

test('imports that leave the repository are refused, however they do it', () => {
  const outside = temporaryFolder();
  writeFileSync(join(outside, 'secret'), 'x');
  const repository = oneEnvironment(
    `[
  importstr '/etc/passwd',
  importstr '../../../../../../../../etc/passwd',
  importstr 'link',
  importstr 'folder/secret',
  importstr 'inside',
]`,
    { 'lib/real': 'x' },
  );
  symlinkSync(join(outside, 'secret'), join(repository.root, 'lib', 'link'));
  symlinkSync(outside, join(repository.root, 'lib', 'folder'));
  symlinkSync(join(repository.root, 'lib', 'real'), join(repository.root, 'lib', 'inside'));
  const graph = graphOf(repository);
  assert.deepEqual(
    findings(graph),
    [2, 3, 4, 5].map((line) => `import-outside-repository environments/lab/cluster.libsonnet:${line}:3`),
  );
  assert.match(graph.diagnostics[0]?.message ?? '', /"\/etc\/passwd" leaves the repository: it is an absolute path/);
  assert.match(graph.diagnostics[2]?.message ?? '', /symbolic link to .*secret/);
  assert.ok(graph.files.has('lib/inside'));
});

test('a path that climbs out and comes back is refused: in another checkout it leads elsewhere', () => {
  const repository = oneEnvironment('1', { 'lib/a': 'x' });
  const name = repository.root.split('/').at(-1);
  repository.write('environments/lab/cluster.libsonnet', `importstr '../../../${name}/lib/a'`);
  assert.deepEqual(findings(graphOf(repository)), ['import-outside-repository environments/lab/cluster.libsonnet:1:1']);
});

test('what is missing, a folder or a loop of links is said with the nearest name', () => {
  const repository = oneEnvironment(
    `[\n  import 'bog/main.libsonnet',\n  import 'blog',\n  import 'blog/man.libsonnet',\n  import 'loop',\n]`,
    {
      'lib/blog/main.libsonnet': '{}',
    },
  );
  symlinkSync('loop', join(repository.root, 'lib', 'loop'));
  const graph = graphOf(repository);
  assert.deepEqual(
    findings(graph),
    [2, 3, 4, 5].map((line) => `import-missing environments/lab/cluster.libsonnet:${line}:3`),
  );
  assert.match(graph.diagnostics[1]?.message ?? '', /lib\/blog is not a regular file/);
  assert.match(graph.diagnostics[2]?.message ?? '', /did you mean "lib\/blog\/main.libsonnet"\?/);
});

test('a computed import is named before an engine sees it', () => {
  assert.deepEqual(findings(graphOf(oneEnvironment(`import 'a' + 'b'`))), [
    'import-computed environments/lab/cluster.libsonnet:1:1',
  ]);
});

test('sources and texts that are not UTF-8 are named with the byte, binary files are not', () => {
  const latin = Buffer.from([0x61, 0x0a, 0x62, 0xe9, 0x63]);
  const files = { 'lib/latin.txt': latin, 'lib/latin.bin': latin };
  const graph = graphOf(oneEnvironment(`[importstr 'latin.txt', importbin 'latin.bin']`, files));
  assert.deepEqual(findings(graph), ['source-encoding lib/latin.txt:2:2']);
  assert.deepEqual(findings(graphOf(oneEnvironment(latin))), [
    'source-encoding environments/lab/cluster.libsonnet:2:2',
  ]);
});

test('an environment without cluster.libsonnet lacks an import', () => {
  const repository = repositoryOf({ 'environments/lab/main.jsonnet': `(import 'cluster.libsonnet').manifests` });
  const rules = graphOf(repository).diagnostics.map(({ rule, message }) => `${rule}: ${message}`);
  assert.match(rules[0] ?? '', /^import-missing: import of "cluster.libsonnet": no such file/);
});
