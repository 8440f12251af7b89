// Secrets from a store: the manifests that the External Secrets operator reads.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { evaluate, evaluateError } from './evaluate.ts';
import { slice } from './fixture.ts';
import { gapsOf } from './hardening.ts';

const root = path.resolve(import.meta.dirname, '../..');
const fromStore = (more = ''): string => `{ secretStore+: { from: 'external-secrets', ${more} } }`;
const vault = `provider: { vault: { server: 'https://vault.example', path: 'kv', auth: { kubernetes: { mountPath: 'kubernetes', role: 'cluster' } } } }`;

const token = `{ token: { keys: { token: 'T.' }, labels: { a: 'b' }, values: { url: 'https://x/{{y}}' } } }`;
const ofKind = (manifests: any[], kind: string): any[] => manifests.filter((manifest) => manifest.kind === kind);

test('an ExternalSecret names the entry and the property, and carries what is no secret', async () => {
  const manifests = await evaluate(slice(`manifests('echo')`, `{ echo: echo { secrets:: ${token} } }`, fromStore()));
  const [secret, ...others] = ofKind(manifests, 'ExternalSecret');
  assert.deepEqual(others, []);
  assert.deepEqual(ofKind(manifests, 'SecretStore'), []);
  assert.equal(secret.metadata.annotations['argocd.argoproj.io/sync-wave'], '-1');
  assert.deepEqual(secret.spec, {
    refreshInterval: '1h',
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'secrets' },
    target: {
      name: 'token',
      creationPolicy: 'Orphan',
      deletionPolicy: 'Retain',
      template: {
        metadata: { labels: { a: 'b' } },
        data: { url: 'https://x/{{ "{{" }}y}}' },
        mergePolicy: 'Merge',
      },
    },
    data: [{ secretKey: 'token', remoteRef: { key: 'test-token', property: 'token' } }],
  });
});

test('what a program fills in too is completed, when it is there', async () => {
  const shared = `{ echo: echo { secrets:: { token: { keys: { token: 'T.' }, shared: true } } } }`;
  const [secret] = ofKind(await evaluate(slice(`manifests('echo')`, shared, fromStore())), 'ExternalSecret');
  assert.equal(secret.spec.target.creationPolicy, 'Merge');
  assert.equal(secret.metadata.annotations, undefined);
});

test('two components in one namespace share a store and a Secret, and one app applies them', async () => {
  const components = `{
    echo: echo { secrets:: { token: { keys: { one: '1.' } } } },
    other: echo { name: 'other', namespace: 'echo', secrets:: { token: { keys: { two: '2.' } }, own: { keys: { k: 'K.' } } } },
    third: echo { name: 'third', secrets:: { token: { keys: { one: '1.' } } } },
  }`;
  const [echo, other, third] = await Promise.all(
    ['echo', 'other', 'third'].map((app) => evaluate(slice(`manifests('${app}')`, components, fromStore(vault)))),
  );
  const names = (manifests: any[]): string[] =>
    manifests
      .filter(({ apiVersion }) => apiVersion === 'external-secrets.io/v1')
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  assert.deepEqual(names(echo), ['SecretStore/secrets', 'ExternalSecret/token']);
  assert.deepEqual(names(other), ['ExternalSecret/own']);
  assert.deepEqual(names(third), ['SecretStore/secrets', 'ExternalSecret/token']);
  const [merged] = ofKind(echo, 'ExternalSecret');
  assert.deepEqual(
    merged.spec.data.map(({ secretKey }: any) => secretKey),
    ['one', 'two'],
  );
  assert.equal(merged.spec.secretStoreRef.kind, 'SecretStore');
});

test('a Secret without anything secret can come from no store', async () => {
  const none = `{ echo: echo { secrets:: { token: { values: { a: 'b' } } } } }`;
  assert.match(
    await evaluateError(slice(`manifests('echo')`, none, fromStore())),
    /^echo: secrets\.token: it has no value/,
  );
});

for (const env of readdirSync(path.join(root, 'environments'))) {
  test(`${env} by External Secrets: each Secret of the slice once, valid to the schema`, async () => {
    const { manifests, rows, waves, operator, crds } = await evaluate(
      `local cluster = (import '${root}/environments/${env}/cluster.libsonnet') + ${fromStore(vault)};
       { rows: cluster.secrets, waves: cluster.waves, operator: cluster.manifests('external-secrets'), crds: cluster.get('external-secrets').crds, manifests: std.flattenArrays([cluster.manifests(app) for app in cluster.apps]) }`,
    );
    const secrets = ofKind(manifests, 'ExternalSecret');
    const places = (list: any[]): string[] => [...new Set(list.map((one) => `${one.namespace}/${one.name}`))].sort();
    assert.deepEqual(places(secrets.map(({ metadata }) => metadata)), places(rows));
    assert.equal(secrets.length, places(rows).length);
    const stores = ofKind(manifests, 'SecretStore').map(({ metadata }) => metadata.namespace);
    assert.deepEqual(stores.sort(), [...new Set(rows.map((row: any) => row.namespace))].sort());
    const checker = loadChecker({ root, kubernetes: '1.36' });
    for (const manifest of [...secrets, ...ofKind(manifests, 'SecretStore')])
      assert.deepEqual(checker.check(manifest), []);
    for (const manifest of operator) assert.deepEqual(checker.check(manifest), []);

    // The operator is there before whoever waits for a Secret, with the definitions of what it reads.
    for (const { component } of rows) assert.ok(waves[component] > waves['external-secrets'], component);
    const defined = crds.map(({ spec }: any) => spec.names.kind);
    for (const kind of ['ExternalSecret', 'SecretStore']) assert.ok(defined.includes(kind));
    const [deployment] = ofKind(operator, 'Deployment');
    assert.deepEqual(gapsOf(deployment.spec.template.spec, 'Deployment'), []);
  });
}

test('the operator is on where Secrets come from a store, and asks only for what it uses', async () => {
  const components = `{ 'external-secrets': (import 'external-secrets/main.libsonnet') }`;
  assert.deepEqual(await evaluate(slice('apps', components)), ['applications', 'cluster']);
  const manifests = await evaluate(slice(`manifests('external-secrets')`, components, fromStore()));
  const { rules } = ofKind(manifests, 'ClusterRole')[0];
  assert.ok(
    rules.every((rule: any) => [...rule.apiGroups, ...rule.resources, ...rule.verbs].every((word) => word !== '*')),
  );
  assert.match(
    await evaluateError(
      slice(`manifests('external-secrets')`, components, `${fromStore()} + { registry+: { pullSecrets: ['x'] } }`),
    ),
    /components\.external-secrets\.enabled: its own image needs the pull Secrets/,
  );
});
