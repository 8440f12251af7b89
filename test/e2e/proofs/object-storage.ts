// The S3 server of the cluster, as rendered: it makes the buckets of every component, takes the keys of the Secret and no
// others, and its files outlive it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readContext } from '../context.ts';
import { completePod, launchPod } from '../programs/launch.ts';
import { podsOf } from '../programs/workload.ts';
import { report } from '../report.ts';
import { evaluateIn } from './controllers/evaluate.ts';
import { nextPodOf } from './stores/next-pod.ts';
import { buckets, server } from './stores/object-storage.ts';
import { s3, type S3Server } from './stores/s3.ts';
import { setStage, urlOf } from './stores/stage.ts';

const { environment } = readContext();
const stage = await setStage();
const { rig, storage } = stage;
const region = await evaluateIn<string>(environment, 'cluster.objectStorage.region');
const wanted = await evaluateIn<{ bucket: string }[]>(environment, `cluster.get('object-storage').all`);
const names = [...new Set(wanted.map(({ bucket }) => bucket))].sort();
let pod = storage.pod;
const at = (): S3Server => ({ url: urlOf(pod, 's3'), region });
const path = `/${names[0]}/proof/one.txt`;

test('the Job made the bucket of every purpose', async () => {
  const found = names.filter((name) => readdirSync(storage.folder).includes(name));
  report.count('buckets made', found.length, names.length);
  assert.deepEqual(found, names);
  for (const name of names) assert.equal((await s3(at(), storage.keys, 'GET', `/${name}`)).status, 200, name);
});

test('an object is a file in the folder of its bucket, and comes back', async () => {
  assert.equal((await s3(at(), storage.keys, 'PUT', path, 'kept')).status, 200);
  assert.ok(readdirSync(join(storage.folder, names[0]!, 'proof')).includes('one.txt'));
  assert.deepEqual(await s3(at(), storage.keys, 'GET', path), { status: 200, text: 'kept' });
});

test('another secret, another access key and no signature are refused', async () => {
  const { keys } = storage;
  const refused = [
    { keys: { ...keys, secretKey: 'another' }, status: 403, code: 'SignatureDoesNotMatch' },
    // Its own word for AWS's InvalidAccessKeyId, which is a 403.
    { keys: { ...keys, accessKey: 'another' }, status: 404, code: 'XAdminUserNotFound' },
    { keys: undefined, status: 403, code: 'AccessDenied' },
  ];
  for (const one of refused) {
    for (const method of ['GET', 'PUT'] as const) {
      const { status, text } = await s3(at(), one.keys, method, path, 'overwritten');
      assert.deepEqual([status, text.includes(`<Code>${one.code}</Code>`)], [one.status, true], `${method}: ${text}`);
    }
  }
  assert.equal((await s3(at(), storage.keys, 'GET', path)).text, 'kept');
});

test('the Job, run once more, finds every bucket and makes none', async () => {
  const [first] = await podsOf(rig, buckets);
  const job = stage.manifests('object-storage').find(({ kind }) => kind === 'Job')!;
  await rig.api.delete(job);
  await rig.api.waitFor(job, (live) => live === undefined, { what: 'the Job is gone' });
  await rig.api.apply(job);
  const second = await nextPodOf(rig, buckets, first!.metadata.uid);
  await completePod(rig, second);
  await rig.api.waitFor(job, (live) => live?.status?.succeeded === 1, { what: 'the Job has succeeded' });
  assert.equal((await s3(at(), storage.keys, 'GET', path)).text, 'kept');
  const log = readFileSync(join(rig.folder, `object-storage-${second.metadata.name}-buckets.log`), 'utf8');
  assert.deepEqual(log.trim().split('\n').toSorted(), names.map((name) => `${name} is there`).toSorted());
});

test('what was stored is there after the server was killed', async () => {
  await pod.kill();
  const { name, namespace, uid } = pod.pod.metadata;
  await rig.api.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } });
  pod = await launchPod(rig, await nextPodOf(rig, server, uid));
  assert.deepEqual(await s3(at(), storage.keys, 'GET', path), { status: 200, text: 'kept' });
});

test('it ends in its grace period once it is asked to', async () => {
  await pod.stop();
  assert.equal(pod.containers[0]!.process.ended(), 'exit code 0');
});
