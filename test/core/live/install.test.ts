import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installationSteps } from '../../../scripts/core/live/install.ts';
import { clearingSteps, endingSteps, type RemoveOptions } from '../../../scripts/core/live/remove.ts';
import { runSteps } from '../../../scripts/core/live/run-steps.ts';
import type { RenderedApp } from '../../../scripts/core/render-apps.ts';
import type { Manifest } from '../../../scripts/core/types.ts';
import { fakeKubectl, live } from './fake-kubectl.ts';

function manifest(kind: string, name: string, fields: object = {}): Manifest {
  const { metadata, ...rest } = fields as { metadata?: object };
  return {
    apiVersion: kind === 'Application' ? 'argoproj.io/v1alpha1' : 'v1',
    kind,
    metadata: { name, ...metadata },
    ...rest,
  };
}

const at = (wave: number) => ({ metadata: { annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } } });
const inside = (namespace: string) => ({ metadata: { namespace } });
const defines = (group: string, plural: string) => ({ spec: { group, scope: 'Namespaced', names: { plural } } });

const apps: RenderedApp[] = [
  {
    app: 'applications',
    manifests: [
      manifest('Application', 'cluster', at(0)),
      manifest('Application', 'argo-cd', at(1)),
      manifest('Application', 'store', at(2)),
      manifest('Application', 'collector', at(3)),
    ],
  },
  {
    app: 'argo-cd',
    manifests: [
      manifest('Application', 'applications', inside('argocd')),
      manifest('StatefulSet', 'controller', inside('argocd')),
    ],
  },
  {
    app: 'cluster',
    manifests: [
      manifest('AppProject', 'store', inside('argocd')),
      manifest('CustomResourceDefinition', 'applications.argoproj.io', defines('argoproj.io', 'applications')),
      manifest('CustomResourceDefinition', 'things.example.org', defines('example.org', 'things')),
      manifest('Namespace', 'argocd'),
      manifest('Namespace', 'kube-system'),
      manifest('Namespace', 'store'),
    ],
  },
  { app: 'collector', manifests: [manifest('DaemonSet', 'collector', inside('store'))] },
  {
    app: 'store',
    manifests: [manifest('StatefulSet', 'store', inside('store')), manifest('ClusterRole', 'store')],
  },
];

const removalSteps = (options: RemoveOptions) => [...endingSteps(options), ...clearingSteps(options)];

const conditions = [{ type: 'Established', status: 'True' }];
const served = ['applications.argoproj.io', 'things.example.org'].map((name) =>
  live('CustomResourceDefinition', name, { status: { conditions } }),
);

test('definitions are served before anything needs them', async () => {
  const late = live('CustomResourceDefinition', 'things.example.org', { status: {} });
  const kubectl = fakeKubectl({ customresourcedefinitions: [served[0]!, late] });
  const [, definitions] = installationSteps('home', apps, kubectl);
  const done = definitions!.run();
  await new Promise((resolve) => setTimeout(resolve, 100));
  kubectl.objects.customresourcedefinitions = served;
  await done;
});

test('definitions are there before what needs them, namespaces before what goes between, and Argo CD comes last', async () => {
  const kubectl = fakeKubectl({ customresourcedefinitions: served });
  const between = { name: 'secrets', run: async () => void kubectl.calls.push('secrets') };
  await runSteps(installationSteps('home', apps, kubectl, [between]), () => undefined);
  assert.deepEqual(kubectl.calls, [
    'apply ConfigMap/rekindle',
    'apply CustomResourceDefinition/applications.argoproj.io',
    'apply CustomResourceDefinition/things.example.org',
    'apply Namespace/argocd',
    'apply Namespace/kube-system',
    'apply Namespace/store',
    'apply AppProject/store',
    'secrets',
    'apply StatefulSet/controller',
    'apply Application/applications',
  ]);
});

test('a step that fails says which it was, and no other follows', async () => {
  const done: string[] = [];
  const failing = { name: 'secrets', run: () => Promise.reject(new Error('no key')) };
  const steps = installationSteps('home', apps, fakeKubectl({ customresourcedefinitions: served }), [failing]);
  const say = (name: string, result: unknown): void => void (result !== undefined && done.push(name));
  await assert.rejects(runSteps(steps, say), /^Error: secrets: no key$/);
  assert.deepEqual(done.slice(1), ['definitions', 'namespaces and projects']);
});

test('an environment goes the other way round: Argo CD first, then who writes before who stores; namespaces of everybody stay', async () => {
  const kubectl = fakeKubectl({
    configmaps: [live('ConfigMap', 'rekindle', { data: { environment: 'home' } })],
    'things.example.org': [live('Thing', 'thing', { metadata: { finalizers: ['example.org/wait'] } })],
  });
  const said: string[] = [];
  const { run } = kubectl;
  kubectl.run = (args, input = '') => {
    const items = input === '' ? [] : (JSON.parse(input) as { items: Manifest[] }).items;
    if (items.length > 0) said.push(items.map(({ kind, metadata }) => `${kind}/${metadata.name}`).join(' '));
    return run(args, input);
  };
  const steps = removalSteps({ environment: 'home', apps, kubectl, namespace: 'argocd', grace: 60 });
  await runSteps(steps, () => undefined);
  assert.deepEqual(said.slice(0, 3), ['StatefulSet/controller', 'DaemonSet/collector', 'StatefulSet/store']);
  assert.equal(
    said.at(-1),
    'CustomResourceDefinition/applications.argoproj.io CustomResourceDefinition/things.example.org ClusterRole/store',
  );
  const calls = kubectl.calls.join('\n');
  assert.match(
    calls,
    /patch things\.example\.org thing --namespace somewhere --type merge --patch {"metadata":{"finalizers":null}}\ndelete things\.example\.org --all --all-namespaces/,
  );
  assert.match(calls, /delete namespace argocd store --ignore-not-found/);
  assert.match(calls, /delete configmap rekindle --namespace kube-system --ignore-not-found$/);
});

test('a store is made to upload once those who write to it have ended, and before it ends', async () => {
  const kubectl = fakeKubectl({ configmaps: [live('ConfigMap', 'rekindle', { data: { environment: 'home' } })] });
  const before = (app: string) => (app === 'store' ? [{ name: 'store uploads', run: async () => undefined }] : []);
  const steps = endingSteps({ environment: 'home', apps, kubectl, namespace: 'argocd', grace: 60, before });
  const done = await runSteps(steps, () => undefined);
  assert.deepEqual(
    done.slice(1, 5).map(({ name }) => name),
    ['Argo CD ends', 'collector ends', 'store uploads', 'store ends'],
  );
});

test('nothing is taken from a cluster that runs another environment', async () => {
  const kubectl = fakeKubectl({ configmaps: [live('ConfigMap', 'rekindle', { data: { environment: 'production' } })] });
  const steps = removalSteps({ environment: 'home', apps, kubectl, namespace: 'argocd', grace: 60 });
  await assert.rejects(
    runSteps(steps, () => undefined),
    /runs the environment "production"/,
  );
  assert.deepEqual(kubectl.calls, []);
});
