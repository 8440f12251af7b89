// Runs that are ended at random moments. REKINDLE_KILLS sets how many per test; the default keeps `npm test` short.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { before, test } from 'node:test';
import { fixtureRepository, rekindle, snapshot, type Run } from '../helpers/repository.ts';

const kills = Number(process.env.REKINDLE_KILLS ?? 15);

/** The fixture with an app of many files, in one of two versions that differ in each of them and in their number. */
function sourceOf(version: 'old' | 'new'): string {
  const count = version === 'old' ? 200 : 210;
  return `(import 'cluster/main.libsonnet') {
  name: 'home',
  components+: { blog: { to: '${version}' } },
  manifests(app, revision=null)::
    if app != 'blog' then super.manifests(app, revision) else [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page-' + i }, data: { text: std.join('', std.repeat(['${version} '], 200)) } }
      for i in std.range(1, ${count})
    ],
}
`;
}

const repository = fixtureRepository();
const output = join(repository.root, 'rendered');
const marker = `kills-${process.pid}`;
const trees = new Map<'old' | 'new', Record<string, string>>();
let wholeRun = 0;

function use(version: 'old' | 'new'): void {
  repository.write('environments/home/cluster.libsonnet', sourceOf(version));
}

function render(args: string[], killAfter?: number, signal?: NodeJS.Signals): Promise<Run & { sinceSignal?: number }> {
  let sent: number | undefined;
  const run = rekindle(repository.root, ['render', ...args], {
    env: { REKINDLE_TEST: marker },
    onStart: (child) => {
      if (killAfter === undefined || signal === undefined) return;
      setTimeout(() => {
        sent = performance.now();
        child.kill(signal);
      }, killAfter);
    },
  });
  return run.then((result) =>
    sent === undefined ? result : { ...result, sinceSignal: (performance.now() - sent) / 1000 },
  );
}

before(async () => {
  for (const version of ['old', 'new'] as const) {
    use(version);
    assert.equal((await render([])).code, 0);
    trees.set(version, snapshot(output));
  }
  // Both versions are in the cache now: what a run spends its time on is writing.
  use('old');
  wholeRun = (await render([])).seconds * 1000;
});

test('SIGINT and SIGTERM leave the old tree or the new one, and end the run at once', async (t) => {
  const seen = { old: 0, new: 0 };
  let slowest = 0;
  for (let run = 0; run < kills; run++) {
    const target = run % 2 === 0 ? 'new' : 'old';
    const [signal, code] = run % 4 < 2 ? (['SIGTERM', 143] as const) : (['SIGINT', 130] as const);
    use(target);
    const result = await render([], Math.random() * wholeRun, signal);
    // Before Node.js runs any code of ours the signal itself ends the process.
    const early = result.signal === signal;
    assert.ok(early || result.code === code || result.code === 0, `${signal}: exit ${result.code}, ${result.stderr}`);
    // Well below a second at rest; the bound is for machines that other work keeps busy.
    slowest = Math.max(slowest, result.sinceSignal ?? 0);
    assert.ok(slowest < 10, `${signal}: ${slowest} s`);
    const tree = snapshot(output);
    const version = (['old', 'new'] as const).find((each) => isSame(tree, trees.get(each)));
    assert.ok(version, `a mixture after ${signal}`);
    seen[version]++;
  }
  t.diagnostic(
    `${kills} runs: the old tree ${seen.old} times, the new one ${seen.new} times, slowest end ${slowest.toFixed(2)} s`,
  );
});

test('SIGKILL leaves whole files, and the next run heals', async (t) => {
  let mixtures = 0;
  for (let run = 0; run < kills; run++) {
    const target = run % 2 === 0 ? 'new' : 'old';
    use(target);
    await render([], Math.random() * wholeRun, 'SIGKILL');
    const tree = snapshot(output);
    for (const [path, text] of Object.entries(tree)) {
      assert.ok(
        [...trees.values()].some((whole) => whole[path] === text),
        `torn: ${path}`,
      );
    }
    if (![...trees.values()].some((whole) => isSame(tree, whole))) mixtures++;
    if (run % 5 !== 4) continue;
    const healed = await render([]);
    assert.equal(healed.code, 0, healed.stderr);
    assert.ok(isSame(snapshot(output), trees.get(target)));
    assert.deepEqual(readdirSync(join(output, '.rekindle')), ['index.json'], 'nothing is left of the dead runs');
  }
  t.diagnostic(`${kills} runs, ${mixtures} left files of both versions, none left half a file`);
});

test('no child outlives a run that was killed', { skip: !existsSync('/proc') && 'needs /proc' }, async () => {
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    repository.write('environments/home/cluster.libsonnet', `local f(x) = f(x + 1) tailstrict; f(1)`);
    rmSync(join(repository.root, '.cache'), { recursive: true, force: true });
    const run = await render(['--env', 'home'], 1500, signal);
    assert.notEqual(run.code, 0);
    for (let waited = 0; processes().length > 0 && waited < 10_000; waited += 100) await sleep(100);
    assert.deepEqual(processes(), []);
  }
});

function isSame(tree: Record<string, string>, other: Record<string, string> | undefined): boolean {
  return JSON.stringify(tree) === JSON.stringify(other);
}

/** Processes that were started by this test. */
function processes(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`REKINDLE_TEST=${marker}`);
    } catch {
      return false;
    }
  });
}
