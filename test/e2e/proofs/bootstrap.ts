// From nothing to a cluster in order by one command, killed at each of its steps; and back to nothing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { prepareRig } from '../argo-cd/installation.ts';
import { makeRedisPassword } from '../argo-cd/programs.ts';
import { runVerb, useRigEnvironments, type VerbOptions, type VerbResult } from '../cli/verb.ts';
import { report } from '../report.ts';
import { waitUntil } from '../rig/api.ts';

const { environment, rig, repository, pods } = await prepareRig();
useRigEnvironments(repository.clone);
const verb = (name: string, options?: VerbOptions, ...flags: string[]): Promise<VerbResult> =>
  runVerb(rig, repository.clone, [name, '--env', environment, '--kubeconfig', rig.kubeconfig, ...flags], options);

/** What it says when a step is done, of those between which most can go wrong; the last is while Argo CD is at work. */
const steps = ['definitions', 's  secrets', 'is Synced and Healthy'];

let over = false;

/** Makes the password of Redis as soon as its account may, as its pod would: kwok plays the container that does. */
async function makePassword(): Promise<void> {
  const tryIt = async (): Promise<boolean> => over || makeRedisPassword(rig, 'argocd-redis').then(() => true);
  await waitUntil(tryIt, { seconds: 900, what: 'the password of Redis' });
}

const firstPassword = makePassword();

test('a cluster that runs nothing is not shown as one that does', async () => {
  const { code, output } = await verb('status');
  assert.equal(code, 2, output);
  assert.match(output, /runs no environment yet; npm run bootstrap/);
});

test('before it makes anything it says every value that is missing, and how to make it', async () => {
  const { code, output } = await verb('bootstrap');
  assert.equal(code, 1, output);
  assert.match(output, /object-storage: "access-key-id" is missing/);
  assert.match(output, /grafana: "admin-password" is missing/);
  assert.match(output, /npm run secrets -- init --env kind/);
  const { items } = await rig.api.request<{ items: unknown[] }>(
    'GET',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  );
  assert.deepEqual(items, []);
  const made = await runVerb(rig, repository.clone, ['secrets', 'init', '--env', environment]);
  assert.equal(made.code, 0, made.output);
});

for (const step of steps) {
  test(`killed once it said "${step}", it leaves nothing that the next run minds`, async () => {
    const { code, output } = await verb('bootstrap', { killAt: step });
    assert.equal(code, null, `it was not killed:\n${output}`);
  });
}

test('the next run ends with everything in order', async (t) => {
  const { code, output } = await report.timed('bootstrap', () => verb('bootstrap', {}, '--wait', '500'));
  t.diagnostic(output);
  assert.equal(code, 0, output);
  assert.match(output, /apps are Synced and Healthy at [0-9a-f]{7}/);
  await firstPassword;
  assert.deepEqual(pods.failures, []);
});

test('status agrees, and says it as JSON', async () => {
  const { code, output } = await verb('status', {}, '--format', 'json');
  assert.equal(code, 0, output);
  const { apps, missing, certificates, requested } = JSON.parse(output) as {
    apps: { settled: boolean }[];
    missing: string[];
    certificates: { ready: boolean; daysLeft: number }[];
    requested: { cpu: number };
  };
  assert.ok(apps.length > 5 && apps.every(({ settled }) => settled));
  assert.deepEqual(missing, []);
  assert.ok(certificates.length > 0 && certificates.every(({ ready, daysLeft }) => ready && daysLeft > 7));
  assert.ok(requested.cpu > 0.1);
});

test('a run on a cluster in order changes nothing', async () => {
  const before = await objects();
  const { code, output } = await verb('bootstrap');
  assert.equal(code, 0, output);
  assert.deepEqual(await objects(), before);
});

test('another environment is refused', async () => {
  const { code, output } = await runVerb(rig, repository.clone, [
    'bootstrap',
    '--env',
    'home',
    '--kubeconfig',
    rig.kubeconfig,
  ]);
  assert.equal(code, 2, output);
  assert.match(output, /runs the environment "kind", not "home"; name another with --context/);
});

test('destroy takes all of it away, even when it was interrupted', async () => {
  const asked = await verb('destroy');
  assert.equal(asked.code, 2, asked.output);
  assert.match(asked.output, /say --yes/);
  await verb('destroy', { killAt: 'load balancers and volumes' }, '--yes');
  const { code, output } = await report.timed('destroy', () => verb('destroy', {}, '--yes', '--grace', '120'));
  assert.equal(code, 0, output);
  const left = (await rig.api.list('v1', 'Namespace')).map(({ metadata }) => metadata.name).sort();
  assert.deepEqual(left, ['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  assert.deepEqual(await rig.api.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition'), []);
  assert.match((await verb('status')).output, /runs no environment yet/);
});

test('and bootstrap brings it back', async () => {
  const [{ code, output }] = await Promise.all([
    report.timed('bootstrap after destroy', () => verb('bootstrap', {}, '--wait', '500')),
    makePassword(),
  ]);
  assert.equal(code, 0, output);
});

/** What changes whenever something is written. */
async function objects(): Promise<Record<string, string | undefined>> {
  const all = await Promise.all([
    rig.api.list('apps/v1', 'Deployment'),
    rig.api.list('v1', 'Service'),
    rig.api.list('v1', 'Namespace'),
    rig.api.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
  ]);
  return Object.fromEntries(
    all
      .flat()
      .map(({ kind, metadata }) => [
        `${kind} ${metadata.namespace}/${metadata.name}`,
        String(metadata.generation ?? metadata.resourceVersion),
      ]),
  );
}

after(() => {
  over = true;
  return pods.stop();
});
