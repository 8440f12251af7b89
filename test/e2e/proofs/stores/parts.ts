// A store in parts, as an environment has it that is highly available: each workload starts on its part of the configuration,
// they find each other, and what one takes in another gives back, with a zone less as well.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { readContext } from '../../context.ts';
import { launch, refusedCalls, type WorkloadName } from '../../programs/workload.ts';
import type { RunningPod } from '../../programs/launch.ts';
import { report } from '../../report.ts';
import { waitUntil } from '../../rig/api.ts';
import { podTemplateOf } from '../../rig/pod-template.ts';
import { noteStandIn } from '../../stand-ins.ts';
import { evaluateIn } from '../controllers/evaluate.ts';
import { signals } from './signals.ts';
import { giveStoreKeys, installStore, setStage, type Store } from './stage.ts';

/** What replaces the storage of a provider, and memcached, which is not here. */
const variant = (store: Store, caches: string[]): string => `{
  objectStorage+: { endpoint: null },
  components+: {
    'object-storage'+: { server+: { enabled: true, hostPath: '/mnt/object-storage' } },
    ${store}+: { caches+: { ${caches.map((purpose) => `${purpose}: null`).join(', ')} } },
  },
}`;

/** The tests of one store. Call it once, in an environment that has it in parts. */
export async function proveParts(store: Store): Promise<void> {
  const { environment } = readContext();
  const caches = await evaluateIn<string[]>(environment, `std.objectFields(cluster.get('${store}').caches)`);
  const changed = variant(store, caches);
  const workloads = await evaluateIn<WorkloadName[]>(
    environment,
    `local store = (cluster + ${changed}).get('${store}');
    ['%s/%s' % [store.namespace, store.workloadName(role)] for role in std.objectFields(store.targets)]`,
  );
  const stage = await setStage(workloads, changed);
  const { rig } = stage;
  noteStandIn('S3 and memcached of parts');
  const signal = signals[store];
  const running = new Map<WorkloadName, RunningPod[]>();
  const all = (): RunningPod[] => [...running.values()].flat();
  const one = (role: string): RunningPod => running.get(`${store}/${store}-${role}`)![0]!;

  test('every pod of every part becomes ready, each on its part of the configuration', async () => {
    await giveStoreKeys(stage, store, 'right');
    await installStore(stage, store);
    const replicas = new Map(stage.manifests(store).map((manifest) => [manifest.metadata.name, replicasOf(manifest)]));
    const wanted = workloads.map((workload) => ({ workload, count: replicas.get(workload.split('/')[1]!) ?? 0 }));
    await report.timed('start of all parts', () =>
      Promise.all(
        wanted.map(async ({ workload, count }) => {
          running.set(workload, await launch(rig, workload, { count, readySeconds: 600 }));
        }),
      ),
    );
    report.count(
      `${store}: pods of its parts ready`,
      all().length,
      wanted.reduce((sum, { count }) => sum + count, 0),
    );
    assert.ok(all().length > 10);
  });

  test('what one part takes in, another gives back', async () => {
    await signal.write(one('distributor'));
    await readBack();
  });

  test('nothing is missing without one zone', async () => {
    const zone: WorkloadName = `${store}/${store}-ingester-zone-a`;
    for (const pod of running.get(zone)!) await pod.kill();
    running.delete(zone);
    await readBack();
    report.count(`${store}: read back without a zone`, signal.count, signal.count);
  });

  test('every probe of the others still answers, and they were refused no call', async () => {
    for (const pod of all()) await pod.probe();
    assert.deepEqual(refusedCalls(rig, all()), []);
  });

  test('they end in their grace period once they are asked to', async () => {
    await Promise.all(all().map((pod) => pod.stop()));
    for (const { containers } of all()) assert.equal(containers[0]!.process.ended(), 'exit code 0');
  });

  async function readBack(): Promise<void> {
    let last: unknown;
    await waitUntil(
      async () => {
        last = await signal.read(one('query-frontend'));
        return JSON.stringify(last) === JSON.stringify(signal.expected);
      },
      {
        seconds: 120,
        what: `${store} has everything`,
        state: () => `the last answer was ${(JSON.stringify(last) ?? 'none').slice(0, 500)}`,
      },
    );
  }
}

function replicasOf(manifest: Manifest): number {
  return podTemplateOf(manifest) === undefined ? 0 : ((manifest.spec as { replicas?: number }).replicas ?? 0);
}
