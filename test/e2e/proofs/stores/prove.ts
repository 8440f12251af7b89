// One store, run as rendered against the S3 server of the cluster: what it was made to upload comes back after it and its disk
// are gone.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readContext } from '../../context.ts';
import { launchPod, type RunningPod } from '../../programs/launch.ts';
import type { Pod } from '../../programs/pod.ts';
import { podsOf, refusedCalls } from '../../programs/workload.ts';
import { report } from '../../report.ts';
import { waitUntil } from '../../rig/api.ts';
import { loseVolume } from './lose-volume.ts';
import { nextPodOf } from './next-pod.ts';
import { signals } from './signals.ts';
import { configurations, verify } from './verification.ts';
import { giveStoreKeys, installStore, setStage, workload, type Store } from './stage.ts';

/** How long a start may take on a machine that does much else. */
const readySeconds = 300;
// Mimir finds what was uploaded within five minutes: `cleanup_interval` and `sync_interval` of its configuration.
const findSeconds = 480;

/** The tests of one store. Call it once. */
export async function proveStore(store: Store): Promise<void> {
  const stage = await setStage([workload(store)]);
  const { rig } = stage;
  const signal = signals[store];
  let refused: Pod;
  let pod: RunningPod;

  test('it takes the configuration of every workload of every mode, and no key that it does not know', async () => {
    const all = await configurations(store);
    const complaints: (string | undefined)[] = [];
    for (const one of all) complaints.push(await verify(store, rig.binary(store), one, join(rig.folder, 'verify')));
    const accepted = complaints.filter((complaint) => complaint === undefined).length;
    report.count(`${store}: configurations accepted`, accepted, all.length);
    assert.deepEqual(
      all.flatMap(({ name }, index) => (complaints[index] === undefined ? [] : [`${name}: ${complaints[index]}`])),
      [],
    );
    const unknown = JSON.stringify({ ...(JSON.parse(all[0]!.content) as object), no_such_key: true });
    const refusal = await verify(
      store,
      rig.binary(store),
      { ...all[0]!, content: unknown },
      join(rig.folder, 'verify'),
    );
    assert.match(refusal ?? 'accepted', /no_such_key/);
  });

  test('with a secret that the object storage does not know it ends at its start', async () => {
    await giveStoreKeys(stage, store, 'wrong');
    await installStore(stage, store);
    [refused] = (await podsOf(rig, workload(store))) as [Pod];
    await assert.rejects(launchPod(rig, refused, { readySeconds }), /ended \(exit code [1-9]/);
    // The code of the answer, or its message: clients log one of them.
    assert.match(logOf(rig.folder, refused), /SignatureDoesNotMatch|signature we calculated does not match/);
  });

  test('with the right one every probe answers', async () => {
    await giveStoreKeys(stage, store, 'right');
    const next = await nextPodOf(rig, workload(store), refused.metadata.uid);
    pod = await report.timed('start', () => launchPod(rig, next, { readySeconds }));
  });

  test('what was written is read back', async () => {
    await signal.write(pod);
    await readBack(60);
  });

  test('what was uploaded comes back after the program and its disk are gone', async () => {
    const how = await signal.flush(pod);
    if (how === 'stop') await pod.stop();
    await waitUntil(() => objects().some((path) => signal.object.path.test(path)), {
      seconds: 120,
      what: `an object like ${signal.object.path.source} in the bucket ${signal.object.purpose}`,
      state: () => objects().join('\n'),
    });
    if (how === 'flushed') await pod.kill();
    await loseVolume(rig, pod.pod);
    pod = await launchPod(rig, await nextPodOf(rig, workload(store), pod.pod.metadata.uid), { readySeconds });
    await report.timed('from ready until all is found again', () => readBack(findSeconds));
    report.count(`${store}: read back after the loss of its disk`, signal.count, signal.count);
  });

  test('every probe still answers, and it was refused no call', async () => {
    await pod.probe();
    assert.deepEqual(refusedCalls(rig, [pod]), []);
  });

  test('it ends in its grace period once it is asked to', async () => {
    await sleep((signal.quietSeconds ?? 0) * 1000);
    await pod.stop();
    assert.equal(pod.containers[0]!.process.ended(), 'exit code 0');
  });

  /** Reads until everything is there as it was written. */
  async function readBack(seconds: number): Promise<void> {
    let last: unknown;
    const isSame = async (): Promise<boolean> => {
      last = await signal.read(pod);
      return JSON.stringify(last) === JSON.stringify(signal.expected);
    };
    const state = (): string => `the last answer was ${(JSON.stringify(last) ?? 'none').slice(0, 500)}`;
    await waitUntil(isSame, { seconds, what: `${store} has everything`, state });
  }

  /** Paths of the objects in the bucket of the store. */
  function objects(): string[] {
    const bucket = join(stage.storage.folder, `${readContext().environment}-${signal.object.purpose}`);
    return readdirSync(bucket, { recursive: true, encoding: 'utf8' });
  }
}

function logOf(folder: string, { metadata: { namespace, name }, spec }: Pod): string {
  return readFileSync(join(folder, `${namespace}-${name}-${spec.containers[0]!.name}.log`), 'utf8');
}
