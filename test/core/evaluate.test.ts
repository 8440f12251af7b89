import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { discoverEnvironments } from '../../scripts/core/discover.ts';
import type { Engine, Evaluation } from '../../scripts/core/engine.ts';
import { evaluateEnvironment, type EnvironmentOptions } from '../../scripts/core/evaluate.ts';
import { importGraph } from '../../scripts/core/graph.ts';
import { openRepository } from '../../scripts/core/root.ts';
import { slice } from '../../scripts/core/slice.ts';
import type { Environment } from '../../scripts/core/types.ts';
import { fixtureRepository, temporaryFolder, type TestRepository } from '../helpers/repository.ts';

function environmentOf({ root }: TestRepository, name = 'home'): Environment {
  const environment = discoverEnvironments(openRepository(root)).find((each) => each.name === name);
  assert.ok(environment);
  return environment;
}

function evaluate(repository: TestRepository, options: EnvironmentOptions = {}) {
  return evaluateEnvironment(environmentOf(repository), { cache: null, ...options });
}

/** `home` with other components. */
function withComponents(components: string): TestRepository {
  return fixtureRepository({
    'environments/home/cluster.libsonnet': `(import 'cluster/main.libsonnet') {
  name: 'home',
  components+: {
${components}
  },
}
`,
  });
}

test('an environment yields every app in order, and its capacity', async () => {
  const entered: string[] = [];
  const result = await evaluate(fixtureRepository(), { onApp: (app) => entered.push(app) });
  assert.deepEqual(result.diagnostics, []);
  assert.deepEqual(result.listed, ['applications', 'cluster', 'blog', 'mail']);
  assert.deepEqual(
    result.apps.map(({ app }) => app),
    result.listed,
  );
  assert.deepEqual(entered, result.listed);
  assert.equal(result.capacity?.requested.cpu, 0.5);
  assert.deepEqual((result.apps[1]?.value as unknown[] | undefined)?.[0], {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'argocd' },
  });
});

test('only the apps that are asked for are evaluated', async () => {
  const result = await evaluate(withComponents(`    blog: { to: 'x' },\n    mail: { to: error 'not asked' },`), {
    apps: ['blog'],
  });
  assert.deepEqual(
    result.apps.map(({ app }) => app),
    ['blog'],
  );
  assert.deepEqual(result.listed, ['applications', 'cluster', 'blog', 'mail']);
  assert.equal(result.capacity, null);
});

test('a mistake in one component fails only its own app, with the true place', async () => {
  const result = await evaluate(
    withComponents(`    blog: { to: 'x' },\n    mail: { to: error 'mail: set to' },\n    wiki: { to: 1 + self.too },`),
  );
  assert.deepEqual(result.diagnostics, []);
  assert.deepEqual(
    result.apps.map(({ app, value }) => [app, value !== undefined]),
    [
      ['applications', true],
      ['cluster', true],
      ['blog', true],
      ['mail', false],
      ['wiki', false],
    ],
  );
  assert.deepEqual(result.apps[3]?.diagnostics, [
    {
      rule: 'evaluation',
      severity: 'error',
      message: 'mail: set to',
      env: 'home',
      app: 'mail',
      file: 'environments/home/cluster.libsonnet',
      line: 5,
      column: 17,
    },
  ]);
  assert.equal(result.apps[4]?.diagnostics?.[0]?.line, 6);
  assert.equal(result.capacity, null);
});

test('an error that a library raises says where the environment led to it', async () => {
  const repository = withComponents(`    blog: { to: (import 'shout.libsonnet')('') },`);
  repository.write(
    'lib/shout.libsonnet',
    "function(word)\n  if word == '' then error 'shout: nothing to say' else word + '!'\n",
  );
  const result = await evaluate(repository, { apps: ['blog'] });
  assert.deepEqual(result.apps[0]?.diagnostics, [
    {
      rule: 'evaluation',
      severity: 'error',
      message: 'shout: nothing to say',
      hint: 'reached from environments/home/cluster.libsonnet:4:17',
      env: 'home',
      app: 'blog',
      file: 'lib/shout.libsonnet',
      line: 2,
      column: 22,
    },
  ]);
});

test("a mistake in the cluster object itself is the environment's", async () => {
  const repository = fixtureRepository({
    'environments/home/cluster.libsonnet': `(import 'cluster/main.libsonnet') { name: 'home', `,
  });
  const result = await evaluate(repository);
  assert.deepEqual(result.apps, []);
  assert.equal(result.listed, null);
  assert.equal(result.diagnostics.length, 1);
  assert.equal(result.diagnostics[0]?.rule, 'evaluation');
  assert.equal(result.diagnostics[0]?.file, 'environments/home/cluster.libsonnet');
  assert.equal(result.diagnostics[0]?.app, undefined);
});

test('when only the capacity fails every app is rendered', async () => {
  const repository = fixtureRepository();
  const source = repository.read('lib/cluster/main.libsonnet');
  repository.write('lib/cluster/main.libsonnet', source.replace('capacity:: {', "capacity:: error 'no nodes' + {"));
  const result = await evaluate(repository);
  assert.equal(result.apps.filter(({ value }) => value !== undefined).length, 4);
  assert.equal(result.capacity, null);
  assert.match(result.diagnostics[0]?.message ?? '', /^no nodes/);
});

test("a missing import that an app runs into is said once, as that app's", async () => {
  const result = await evaluate(withComponents(`    blog: { to: 'x' },\n    mail: { to: import 'mial.libsonnet' },`));
  assert.deepEqual(result.diagnostics, []);
  const failed = result.apps.filter(({ diagnostics }) => diagnostics !== undefined);
  assert.deepEqual(
    failed.map(({ app, diagnostics }) => [app, diagnostics?.[0]?.rule]),
    [['mail', 'import-missing']],
  );
});

test('an import that leaves the repository stops the environment before an engine starts', async () => {
  const engine: Engine = { name: 'none', version: '1', evaluate: () => assert.fail('evaluated') };
  const result = await evaluate(withComponents(`    blog: { to: importstr '/etc/passwd' },`), { engine });
  assert.deepEqual(result.apps, []);
  assert.deepEqual(
    result.diagnostics.map(({ rule, line }) => [rule, line]),
    [['import-outside-repository', 4]],
  );
});

test('an app whose name is no name is refused', async () => {
  const result = await evaluate(withComponents(`    '../blog': { to: 'x' },`));
  assert.match(result.diagnostics[0]?.message ?? '', /has an app called "..\/blog"/);
  assert.deepEqual(result.apps, []);
});

test('a part that fails although it is left out ends the evaluation', async () => {
  let calls = 0;
  const failing: Engine = {
    name: 'failing',
    version: '1',
    evaluate: async (): Promise<Evaluation> => {
      calls++;
      return { seconds: 0, failure: { reason: 'error', message: 'RUNTIME ERROR: no', part: 'blog' } };
    },
  };
  const result = await evaluate(fixtureRepository(), { engine: failing });
  assert.equal(calls, 2);
  assert.equal(result.listed, null);
});

test('a slice is any field of the cluster object', async () => {
  const environment = environmentOf(fixtureRepository());
  assert.deepEqual(await slice(environment, 'settings', { cache: null }), {
    value: { name: 'home', components: { blog: { to: 'reader' }, mail: { to: 'writer' } } },
  });
  const missing = await slice(environment, 'nothing', { cache: null });
  assert.ok('diagnostics' in missing);
  assert.match(missing.diagnostics[0]?.message ?? '', /field does not exist: nothing/i);
});

test('std.trace reaches the caller', async () => {
  const lines: string[] = [];
  await evaluate(withComponents(`    blog: { to: std.trace('here', 'x') },`), {
    onTrace: (line) => lines.push(line),
    apps: ['blog'],
  });
  assert.match(lines.join('\n'), /TRACE: environments\/home\/cluster.libsonnet:4 here/);
});

test('what is evaluated is what the import graph has read, whatever is saved meanwhile', async () => {
  const repository = fixtureRepository();
  const environment = environmentOf(repository);
  const before = await evaluate(repository);
  const graph = importGraph(environment);
  repository.write('lib/notice.txt', 'saved meanwhile');
  repository.write('environments/home/cluster.libsonnet', 'error "saved meanwhile"');
  assert.deepEqual(await evaluateEnvironment(environment, { cache: null, graph }), before);
  assert.notDeepEqual(await evaluate(repository), before);
});

test('an evaluation that takes no time is not kept', async () => {
  const repository = fixtureRepository();
  const cache = { directory: temporaryFolder() };
  const evaluation: Evaluation = { seconds: 0, json: '{"apps":[],"parts":[]}' };
  const quick = (version: number): Engine => ({
    name: 'test',
    version: `${version}`,
    evaluate: () => Promise.resolve(evaluation),
  });
  const slow: Engine = { name: 'test', version: 'slow', evaluate: () => sleep(20, evaluation) };
  // On a busy machine one or the other takes time nevertheless.
  const trials = 20;
  for (let trial = 0; trial < trials; trial++) await evaluate(repository, { cache, engine: quick(trial) });
  const before = readdirSync(cache.directory).length;
  assert.ok(before < trials, `${before} of ${trials} were kept`);
  await evaluate(repository, { cache, engine: slow });
  assert.equal(readdirSync(cache.directory).length, before + 1);
});
