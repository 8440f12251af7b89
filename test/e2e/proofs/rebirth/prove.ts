// The drill as a person does it: `rebirth`, in order and abrupt, against a real cluster with real stores, which is wiped to
// its last key each time. What was written before is read after, or the report says what is missing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { asTemplate, inItsGrace, type Runner } from '../../argo-cd/keep-running.ts';
import { prepareRig } from '../../argo-cd/installation.ts';
import { makeRedisPassword } from '../../argo-cd/programs.ts';
import { runVerb, useRigEnvironments, type VerbOptions, type VerbResult } from '../../cli/verb.ts';
import type { WorkloadName } from '../../programs/workload.ts';
import { report } from '../../report.ts';
import { noteStandIn } from '../../stand-ins.ts';
import { buckets, server } from '../stores/object-storage.ts';
import { workload, type Store } from '../stores/stage.ts';
import { environmentWith } from './environment.ts';
import { armKillSwitch } from './kill-switch.ts';
import { writers } from './signals.ts';

/** Where each answers; what forwards ports must know. */
const ports: Readonly<Record<Store | 'grafana', number>> = { grafana: 3000, loki: 3100, mimir: 8080, tempo: 3200 };

/** How much of a row is recorded at least: of traces a sample. */
const share: Readonly<Record<Store, number>> = { loki: 1, mimir: 1, tempo: 0.8 };

/** Milliseconds until all of a row is a part of what can be recorded: a step is some seconds long, and Tempo finds late. */
const settling = (stores: readonly Store[]): number => (stores.includes('tempo') ? 45_000 : 10_000);

interface Report {
  kind: string;
  holds: boolean;
  signals: {
    component: string;
    unit: string;
    before: number;
    after: number;
    reachesBack: number;
    allowed: number;
    holds: boolean;
  }[];
  steps: { name: string; seconds: number }[];
}

/** The tests of both drills, with these stores. Call it once. */
export async function proveRebirth(stores: readonly Store[]): Promise<void> {
  const asked = ['grafana', ...stores] as const;
  const settle = settling(stores);
  const more: Record<WorkloadName, Runner> = {
    [server]: asTemplate,
    [buckets]: asTemplate,
    'grafana/grafana': asTemplate,
    ...Object.fromEntries(stores.map((store) => [workload(store), inItsGrace])),
  };
  const inTheirGrace = [server, ...stores.map(workload)];
  const forwarded = asked.map((name) => ({ namespace: name, service: name, port: ports[name] }));
  const { environment, rig, repository, pods } = await prepareRig({ more, inTheirGrace, forwarded });
  noteStandIn('kubelet');
  noteStandIn('Grafana');
  noteStandIn('kubectl port-forward');
  if (stores.includes('mimir')) noteStandIn('Mimir');
  if (stores.includes('tempo')) noteStandIn('Tempo');
  useRigEnvironments(repository.clone);
  await repository.push('Stores that can be run here', environmentWith(environment, stores));
  const killSwitch = await armKillSwitch(() => pods.loseAll(() => rig.loseEverything()));

  let over = false;
  const passwords = keepPassword();
  after(async () => {
    over = true;
    killSwitch.end();
    await pods.stop();
    await passwords;
  });

  const verb = (name: string, options?: VerbOptions, ...flags: string[]): Promise<VerbResult> =>
    runVerb(rig, repository.clone, [name, '--env', environment, '--kubeconfig', rig.kubeconfig, ...flags], options);
  const drill = (options: VerbOptions, ...flags: string[]): Promise<VerbResult> =>
    verb('rebirth', options, '--yes', '--window', '40', '--wait', '600', '--output', 'report.json', ...flags);
  const readReport = (): Report => JSON.parse(readFileSync(join(repository.clone, 'report.json'), 'utf8')) as Report;
  const write = async (name: string): Promise<number[]> => {
    const amounts = await Promise.all(stores.map((store) => writers[store](name)));
    await sleep(settle);
    return amounts;
  };

  let written: number[];

  test('before anything is there, there is nothing to lose', async () => {
    const { code, output } = await drill({});
    assert.equal(code, 2, output);
  });

  test('a cluster is made, and the stores are written to', async (t) => {
    const made = await runVerb(rig, repository.clone, ['secrets', 'init', '--env', environment]);
    assert.equal(made.code, 0, made.output);
    const { code, output } = await report.timed('bootstrap', () => verb('bootstrap', {}, '--wait', '600'));
    t.diagnostic(output);
    assert.equal(code, 0, output);
    written = await write('first');
  });

  test('an orderly rebirth loses nothing', async (t) => {
    const { code, output } = await report.timed('orderly rebirth', () => drill({}, '--grace', '300'));
    t.diagnostic(output);
    assert.equal(code, 0, output);
    const { kind, holds, signals } = readReport();
    assert.deepEqual([kind, holds], ['orderly', true]);
    for (const [index, store] of stores.entries()) {
      const found = signals.find(({ component }) => component === store)!;
      const least = written[index]! * share[store];
      assert.ok(found.before >= least, `${store}: ${found.before} recorded of ${written[index]}`);
      assert.equal(found.after, found.before);
      report.count(`${found.unit} of ${store} after an orderly rebirth`, found.after, found.before);
    }
    for (const unit of ['dashboards', 'certificates']) {
      const found = signals.find((signal) => signal.unit === unit)!;
      assert.ok(found.before > 0, `no ${unit} were recorded`);
      assert.equal(found.after, found.before);
      report.count(`${unit} after an orderly rebirth`, found.after, found.before);
    }
  });

  test('one that is killed on its way is not begun anew by mistake, and goes on when it is told to', async (t) => {
    await write('second');
    const begin = drill({ killAt: 's  definitions' }, '--abrupt', '--kill', killSwitch.command);
    const killed = await report.timed('abrupt rebirth, until it is killed', () => begin);
    assert.equal(killed.code, null, killed.output);
    const again = await drill({}, '--abrupt', '--kill', killSwitch.command);
    assert.equal(again.code, 2, again.output);
    assert.match(again.output, /was interrupted.*go on with --resume/s);
    const { code, output } = await report.timed('abrupt rebirth, resumed', () => drill({}, '--resume'));
    t.diagnostic(output);
    assert.equal(code, 0, output);
  });

  test('an abrupt rebirth loses what was not uploaded, and says how far back that reaches', () => {
    const { kind, holds, signals } = readReport();
    assert.deepEqual([kind, holds], ['abrupt', true]);
    for (const [index, store] of stores.entries()) {
      const {
        before,
        after: found,
        reachesBack,
        allowed,
        unit,
      } = signals.find(({ component }) => component === store)!;
      // What the first rebirth saved was in object storage, whatever became of the second row.
      // Tempo's search knows nothing of it yet, so that it is in no second record.
      if (store !== 'tempo') assert.ok(found >= written[index]!, `${store}: ${found} of ${written[index]} uploaded`);
      assert.ok(found > 0);
      assert.ok(reachesBack <= allowed);
      report.count(`${unit} of ${store} after an abrupt rebirth`, found, before);
      report.note(`${store}: seconds lost in an abrupt rebirth`, `${reachesBack}, at most ${allowed}`);
    }
    // Its chunks are uploaded after a quarter of an hour at the earliest: had nothing been lost, nothing would have died.
    assert.ok(signals.find(({ component }) => component === 'loki')!.reachesBack > 0);
  });

  /** Makes the password of Redis whenever there is none and its account may, as its pod would. */
  async function keepPassword(): Promise<void> {
    while (!over) {
      await makeRedisPassword(rig, 'argocd-redis').catch(() => undefined);
      await sleep(1000);
    }
  }
}
