// What the API server says of everything that an environment renders.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Manifest } from '../../../scripts/core/types.ts';
import { readContext } from '../context.ts';
import { report } from '../report.ts';
import { waitUntil } from '../rig/api.ts';
import { install, isReplaced, refusals } from '../rig/install.ts';
import { inSyncOrder } from '../../../scripts/core/live/sync-order.ts';
import { podOf, podTemplateOf } from '../rig/pod-template.ts';
import { renderEnvironment } from '../rig/rendered.ts';
import { startServer } from '../rig/server.ts';
import { keepWebhooksAside } from '../rig/webhooks.ts';
import { compareVerdicts } from '../variants/compare.ts';
import { unlike } from '../variants/unlike.ts';

const { environment } = readContext();
const apps = await renderEnvironment(environment);
const steps = inSyncOrder(apps);
const api = await startServer();
const onApplied = keepWebhooksAside(api);
/** Hooks are made anew by every sync. */
const lasting = steps.filter(({ manifest }) => !isReplaced(manifest));

test('every manifest is accepted, in the order in which Argo CD applies it', async () => {
  const results = await report.timed('first apply', () => install(api, steps, { onApplied }));
  const refused = refusals(results);
  report.count('accepted', results.length - refused.length, results.length);
  assert.deepEqual(refused, []);
  assert.ok(results.length > 100, `only ${results.length} manifests`);
});

test('a second apply changes nothing and meets no other owner of a field', async () => {
  await settled();
  const before = await versions();
  const writes = (after: Map<string, string>): string[] =>
    [...before.keys()].filter((name) => after.get(name) !== before.get(name));
  const refused = refusals(await report.timed('second apply', () => install(api, lasting)));
  const changed = writes(await versions());
  report.count('unchanged by a second apply', lasting.length - changed.length, lasting.length);
  assert.deepEqual(refused, []);
  assert.deepEqual(changed, []);
});

test('every pod template is admitted by the Pod Security level of its namespace', async () => {
  const templates = steps.flatMap(({ manifest }) => (podTemplateOf(manifest) === undefined ? [] : [manifest]));
  const refused: string[] = [];
  for (const workload of templates) {
    await api.create(podOf(workload), { dryRun: true }).catch((error: Error) => refused.push(error.message));
  }
  report.count('admitted by Pod Security', templates.length - refused.length, templates.length);
  assert.deepEqual(refused, []);
  assert.ok(templates.length > 0);
});

test('Pod Security refuses the same pods once they are privileged, wherever a level is enforced', async () => {
  const enforced = steps.flatMap(({ manifest: { kind, metadata } }) => {
    const level = metadata.labels?.['pod-security.kubernetes.io/enforce'];
    return kind === 'Namespace' && level !== undefined && level !== 'privileged' ? [metadata.name] : [];
  });
  assert.ok(enforced.length > 0, 'no namespace enforces anything');
  for (const workload of steps.map(({ manifest }) => manifest).filter(podTemplateOf)) {
    if (!enforced.includes(workload.metadata.namespace!)) continue;
    const pod = podOf(workload);
    pod.spec.containers[0]!.securityContext = { privileged: true };
    await assert.rejects(api.create(pod, { dryRun: true }), /violates PodSecurity/, workload.metadata.name);
  }
});

test('validate and the API server refuse the same', async () => {
  const { verdicts, absent } = await report.timed('agreement', () => compareVerdicts({ api, environment, apps }));
  const differing = verdicts.filter(({ server, offline }) => (server === '') !== (offline === ''));
  report.count('agreement with validate', verdicts.length - differing.length, verdicts.length);
  const unexpected = differing.filter(({ name }) => !(name in unlike));
  assert.deepEqual(unexpected, []);
  // An entry that the two agree on by now has no reason any more.
  const agreed = verdicts.filter(({ name }) => name in unlike && !differing.some((one) => one.name === name));
  assert.deepEqual(
    agreed.map(({ name }) => name),
    [],
    'listed in unlike.ts, but both say the same',
  );
  const refused = verdicts.filter(({ server }) => server !== '').length;
  assert.ok(refused >= 40, `only ${refused} variants are refused by the server`);
  assert.ok(verdicts.length - refused >= 10, 'hardly any variant is taken');
  if (absent.length > 0) report.note(`variants without a manifest in ${environment}`, absent.join('; '));
});

/** CustomResourceDefinitions and APIServices get their conditions a moment after they are applied. */
async function settled(): Promise<void> {
  let last = '';
  await waitUntil(
    async () => {
      const now = JSON.stringify([...(await versions())]);
      const same = now === last;
      last = now;
      return same;
    },
    { what: 'nothing changes by itself any more' },
  );
}

/** Resource version of every object by its name: whatever is written, even a status, is a new one. */
async function versions(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { manifest } of lasting) {
    if (statusDefaulted.has(manifest.kind)) continue;
    const live = await api.get(manifest);
    found.set(`${live.kind} ${live.metadata.namespace ?? ''}/${live.metadata.name}`, live.metadata.resourceVersion);
  }
  return found;
}

/**
 * Kinds whose status has a default: it is not stored with a new object but with the first write after it, so that this
 * one is a write although nothing changes.
 */
const statusDefaulted = new Set([
  // The phase of a claim.
  'PersistentVolumeClaim',
  ...steps.flatMap(({ manifest }) => (manifest.kind === 'CustomResourceDefinition' ? defaultedKind(manifest) : [])),
]);

function defaultedKind({ spec }: Manifest): string[] {
  const { names, versions: all } = spec as CustomResourceDefinitionSpec;
  const hasDefault = all.some(({ schema }) => schema.openAPIV3Schema.properties?.status?.default !== undefined);
  return hasDefault ? [names.kind] : [];
}

interface CustomResourceDefinitionSpec {
  names: { kind: string };
  versions: { schema: { openAPIV3Schema: { properties?: { status?: { default?: unknown } } } } }[];
}
