import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonSize } from '../../../scripts/core/rules/size-limit.ts';
import { application, brief, configMap, findings } from './environment.ts';

const of = (size: number) => 'x'.repeat(size);
const sizes = (manifest: unknown) =>
  brief(findings('size-limit', { apps: { web: [manifest] } })).map(([, , pointer, message]) => [pointer, message]);

test('annotations: 262144 bytes of keys and values pass, one more does not', () => {
  const annotated = (size: number) => ({
    ...configMap('a'),
    metadata: { name: 'a', namespace: 'web', annotations: { note: of(size - 4) } },
  });
  assert.deepEqual(sizes(annotated(262_144)), []);
  assert.deepEqual(sizes(annotated(262_145)), [
    ['/metadata/annotations', 'the annotations are 262145 bytes; the API server takes 262144'],
  ]);
});

test('a ConfigMap: 1 MiB of values passes, one byte more does not; bytes count, not letters', () => {
  assert.deepEqual(sizes(configMap('a', 'web', { x: of(1_048_576) })), []);
  assert.deepEqual(sizes(configMap('a', 'web', { x: `${of(1_048_574)}é!` }))[0]?.[0], '/data');
});

test('a Secret is measured decoded', () => {
  const secret = (bytes: number) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a', namespace: 'web' },
    data: { x: Buffer.alloc(bytes).toString('base64') },
  });
  assert.deepEqual(sizes(secret(1_048_576)), []);
  assert.equal(sizes(secret(1_048_577)).length, 1);
});

test('an object beyond one request to etcd', () => {
  const large = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'a' },
    rules: [{ apiGroups: [''], resources: [of(1_600_000)], verbs: ['get'] }],
  };
  assert.match(sizes(large)[0]![1]!, /etcd takes 1572864 in one request/);
});

test('beyond 262144 bytes of JSON an Application must apply server-side', () => {
  const large = configMap('large', 'web', { x: of(262_144) });
  const check = (syncOptions: string[], manifest: unknown = large) =>
    brief(
      findings('client-side-apply-limit', { apps: { applications: [application({ syncOptions })], web: [manifest] } }),
    );
  assert.equal(check([])[0]?.[1], 'large');
  assert.deepEqual(check(['ServerSideApply=true']), []);
  assert.deepEqual(check([], configMap('small', 'web', { x: of(262_144 - 200) })), []);
  const own = {
    ...large,
    metadata: {
      ...large.metadata,
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false, ServerSideApply=true' },
    },
  };
  assert.deepEqual(check([], own), []);
});

test('an object that is taken for small is below every limit', () => {
  const text = fc.string({ unit: fc.constantFrom('\u0000', 'é', '😀', 'a'), minLength: 5000, maxLength: 20_000 });
  fc.assert(
    fc.property(
      fc.dictionary(text, fc.oneof(text, fc.array(fc.double(), { minLength: 1000, maxLength: 3000 })), { maxKeys: 3 }),
      (value) => {
        if (jsonSize(value) === 0) assert.ok(Buffer.byteLength(JSON.stringify(value)) <= 262_144);
      },
    ),
    { numRuns: 50 },
  );
});
