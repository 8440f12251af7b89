// A damaged cache costs time, never correctness. REKINDLE_FLIPS sets how often the cache is damaged.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { discoverEnvironments } from '../../scripts/core/discover.ts';
import { nodeJsonnet } from '../../scripts/core/engine-node-jsonnet.ts';
import type { Engine } from '../../scripts/core/engine.ts';
import { evaluateEnvironment } from '../../scripts/core/evaluate.ts';
import { openRepository } from '../../scripts/core/root.ts';
import { fixtureRepository, rekindle, snapshot, temporaryFolder } from '../helpers/repository.ts';

const flips = Number(process.env.REKINDLE_FLIPS ?? 300);

test('a bit that flips, a cut, an empty file or an entry in the place of another is a miss', async (t) => {
  const { root } = fixtureRepository();
  const [environment] = discoverEnvironments(openRepository(root));
  assert.ok(environment);
  const cache = { directory: temporaryFolder() };
  const cold = await evaluateEnvironment(environment, { cache: null });
  const real = nodeJsonnet();
  const answer = await real.evaluate({
    root,
    libraryPath: ['environments/home', 'vendor', 'lib'],
    file: 'environments/home/(rekindle)',
    snippet: `local main = import 'main.jsonnet', cluster = import 'cluster.libsonnet'; {
      apps: cluster.apps,
      parts: [{ name: app, value: main(app) } for app in cluster.apps] + [{ name: '#capacity', value: cluster.capacity }, { name: '#infrastructure', value: false }],
    }`,
    limits: { seconds: 30, mebibytes: 1024 },
  });
  let evaluations = 0;
  // What takes no time isn't kept.
  const counting: Engine = { ...real, evaluate: async () => (await sleep(20), evaluations++, answer) };
  const evaluate = () => evaluateEnvironment(environment, { cache, engine: counting });

  assert.deepEqual(await evaluate(), cold);
  assert.deepEqual(await evaluate(), cold);
  assert.equal(evaluations, 1, 'the second time nothing is evaluated');
  for (let trial = 0; trial < flips; trial++) {
    damage(cache.directory, trial);
    assert.deepEqual(await evaluate(), cold, `trial ${trial}`);
  }
  t.diagnostic(`${flips} times damaged, ${evaluations - 1} times evaluated again, 0 wrong results`);
  assert.ok(evaluations > flips / 4);
});

function damage(directory: string, trial: number): void {
  const entries = readdirSync(directory);
  const path = join(directory, entries[Math.floor(Math.random() * entries.length)] as string);
  const content = readFileSync(path);
  const position = Math.floor(Math.random() * content.length);
  if (trial % 10 === 0) truncateSync(path, position);
  else if (trial % 10 === 1) truncateSync(path, 0);
  else if (trial % 10 === 2) renameSync(path, join(directory, entries.find((name) => !path.endsWith(name)) ?? 'x'));
  else {
    content[position] = (content[position] as number) ^ (1 << Math.floor(Math.random() * 8));
    writeFileSync(path, content);
  }
}

test('files that were altered or removed are healed by a run from the cache', async () => {
  const repository = fixtureRepository();
  const output = join(repository.root, 'rendered');
  assert.equal((await rekindle(repository.root, ['render'])).code, 0);
  const whole = snapshot(output);
  const paths = Object.keys(whole);
  repository.write(`rendered/${paths[0]}`, `${whole[paths[0] as string]}#`);
  repository.write(`rendered/${paths[1]}`, '');
  renameSync(join(output, paths[2] as string), join(output, `${paths[2]}.bak`));
  assert.equal((await rekindle(repository.root, ['render'])).code, 0);
  assert.deepEqual(snapshot(output), { ...whole, [`${paths[2]}.bak`]: whole[paths[2] as string] });
});

test('a cache that can not be written is done without', async () => {
  const { root } = fixtureRepository({ '.cache': 'a file' });
  const run = await rekindle(root, ['render']);
  assert.equal(run.code, 0, run.stderr);
});
