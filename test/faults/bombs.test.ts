// Programs without an end. The environment is named, its time and memory are bounded, and its neighbours are rendered.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { engineNames, patience } from '../../scripts/core/engine.ts';
import { fixtureRepository, rekindle, snapshot, type Run, type TestRepository } from '../helpers/repository.ts';

/** The fixture with a component in `home` whose only setting is the given program. */
function withProgram(program: string): TestRepository {
  return fixtureRepository({
    'environments/home/cluster.libsonnet': `(import 'cluster/main.libsonnet') {
  name: 'home',
  components+: {
    blog: { to: 'reader' },
    wiki: { to: ${program} },
  },
}
`,
  });
}

function assertContained(repository: TestRepository, run: Run, message: RegExp): void {
  assert.equal(run.code, 1, run.stdout + run.stderr);
  assert.match(run.stdout, message);
  assert.ok(
    existsSync(join(repository.root, 'rendered/lab/blog/configmap-blog.yaml')),
    'the other environment is rendered',
  );
}

const endless = `(local f(x) = if x < 0 then 0 else f(x + 1) tailstrict; f(1))`;
const doubling = `(local f(s, n) = if n == 0 then s else f(s + s, n - 1); f('lol', 40))`;
const growing = `(local f(a, n) = if n == 0 then std.length(a) else f(a + [std.toString(n) + 'x'], n - 1) tailstrict; f([], 1000000))`;
const array = `std.join('', std.makeArray(300000000, function(i) 'x'))`;

/** MiB by which the heap may outgrow the cap between two looks: from Node 22 on V8's young generation is several times larger. */
const overshoot = Number(process.versions.node.split('.')[0]) >= 22 ? 120 : 20;

/** What a run without a bomb takes, in MiB. */
async function ownPeak(engine: string): Promise<number> {
  const own = { peak: 0 };
  await rekindle(fixtureRepository().root, ['render', '--engine', engine], {
    onStart: ({ pid }) => void watchPeak(pid, own),
  });
  return own.peak;
}

for (const engine of engineNames) {
  test(`an endless loop ends at the deadline (${engine})`, async (t) => {
    const repository = withProgram(endless);
    const run = await rekindle(repository.root, ['render', '--timeout', '3', '--engine', engine]);
    assertContained(
      repository,
      run,
      /the environment "home" did not finish within 3 s while it evaluated the app "wiki"/,
    );
    // Three seconds of processor time: about as many by the clock when nobody else needs the processor, at most four times.
    assert.ok(run.seconds < 3 * patience + 10, `${run.seconds} s`);
    t.diagnostic(`ended after ${run.seconds.toFixed(1)} s by the clock`);
  });

  for (const [name, program] of Object.entries({ doubling, array, growing })) {
    test(`a memory bomb (${name}) ends at the cap (${engine})`, async () => {
      const repository = withProgram(program);
      const parent = { peak: 0 };
      const args = ['render', '--memory', '200', '--timeout', '60', '--engine', engine];
      const run = await rekindle(repository.root, args, { onStart: ({ pid }) => void watchPeak(pid, parent) });
      assertContained(
        repository,
        run,
        /the environment "home" needed more than 200 MiB while it evaluated the app "wiki"/,
      );
      assert.ok(
        existsSync(join(repository.root, 'rendered/home/blog/configmap-blog.yaml')),
        'so are the other apps of it',
      );
      const own = await ownPeak(engine);
      assert.ok(
        parent.peak > 0 && parent.peak < own + 200 + overshoot,
        `the parent grew to ${parent.peak} MiB, by itself ${own}`,
      );
    });
  }
}

test('a signal ends a loop of the engine in this process at once', async () => {
  const repository = fixtureRepository({ 'environments/home/cluster.libsonnet': endless });
  const run = await rekindle(repository.root, ['render', '--env', 'home'], {
    onStart: (child) => void setTimeout(() => child.kill('SIGTERM'), 2000),
  });
  assert.notEqual(run.code, 0);
  assert.ok(run.seconds < 12, `${run.seconds} s`);
});

test('recursion without an end, and a file that imports itself, are errors with a place', async () => {
  const recursion = await rekindle(withProgram(`(local f(x) = 1 + f(x + 1); f(1))`).root, ['render']);
  assert.match(recursion.stdout, /max stack frames exceeded/);
  assert.match(recursion.stdout, /environments\/home\/cluster.libsonnet:5:/);
  const repository = withProgram(`import 'self.libsonnet'`);
  repository.write('lib/self.libsonnet', `import 'self.libsonnet'`);
  const circle = await rekindle(repository.root, ['render']);
  assert.equal(circle.code, 1);
  assert.match(circle.stdout, /infinite import|infinite recursion|cycle|max stack frames/i, circle.stdout);
});

test('what aborts libjsonnet costs its own app, and only there', async () => {
  const repository = withProgram(`std.toString(std.parseYaml('a: &x 1\\nb: *x'))`);
  assert.equal((await rekindle(repository.root, ['render', '--no-cache'])).code, 0);
  const run = await rekindle(repository.root, ['render', '--engine', 'node-jsonnet']);
  assertContained(
    repository,
    run,
    /the environment "home" ended the engine with signal SIGABRT.* while it evaluated the app "wiki"/,
  );
  assert.ok(existsSync(join(repository.root, 'rendered/home/blog/configmap-blog.yaml')));
});

test(
  'a segmentation fault of an engine with its own process names the environment',
  { skip: !existsSync('/proc') && 'needs /proc' },
  async () => {
    const repository = fixtureRepository({ 'environments/home/cluster.libsonnet': endless });
    const run = await rekindle(
      repository.root,
      ['render', '--timeout', '20', '--env', 'home', '--engine', 'node-jsonnet'],
      {
        onStart: async ({ pid }) => {
          const child = await descendant(pid);
          await sleep(1000);
          process.kill(child, 'SIGSEGV');
        },
      },
    );
    assert.equal(run.code, 1);
    assert.match(run.stdout, /the environment "home" ended the engine with signal SIGSEGV/);
  },
);

test('a large manifest passes through', async () => {
  const repository = withProgram(
    `std.join('', std.makeArray(200000, function(i) '0123456789012345678901234567890123456789'))`,
  );
  const run = await rekindle(repository.root, ['render', '--env', 'home', '--app', 'wiki']);
  const [file] = Object.entries(snapshot(join(repository.root, 'rendered'))).filter(([path]) =>
    path.includes('configmap'),
  );
  assert.ok((file?.[1].length ?? 0) > 8_000_000, run.stdout + run.stderr);
});

/** The first process that has `parent` as its parent. */
async function descendant(parent: number | undefined): Promise<number> {
  for (;;) {
    for (const name of readdirSync('/proc')) {
      if (/^\d+$/.test(name) && status(Number(name), 'PPid') === parent) return Number(name);
    }
    await sleep(20);
  }
}

async function watchPeak(pid: number | undefined, into: { peak: number }): Promise<void> {
  for (let size = 0; pid !== undefined && existsSync(`/proc/${pid}`); size = status(pid, 'VmRSS') ?? 0) {
    into.peak = Math.max(into.peak, size / 1024);
    await sleep(50);
  }
}

function status(pid: number, field: string): number | undefined {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    // A process that has just ended is still listed, without its memory.
    return found === undefined ? undefined : Number(found);
  } catch {
    return undefined;
  }
}
