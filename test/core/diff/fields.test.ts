import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffFields } from '../../../scripts/core/diff/fields.ts';
import type { Manifest } from '../../../scripts/core/types.ts';

const deployment = (containers: unknown[], extra = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec: { containers } } },
  ...extra,
});

test('an entry of a list is known by its name, wherever it stands', () => {
  const before = deployment([
    { name: 'web', image: 'web:1' },
    { name: 'proxy', image: 'proxy:1' },
  ]);
  const after = deployment([
    { name: 'proxy', image: 'proxy:1' },
    { name: 'web', image: 'web:2' },
  ]);
  const changes = diffFields(before, after);
  assert.deepEqual(
    changes.filter(({ change }) => change === 'changed'),
    [
      {
        change: 'changed',
        pointer: '/spec/template/spec/containers/1/image',
        path: 'spec.template.spec.containers[web].image',
        before: 'web:1',
        after: 'web:2',
      },
    ],
  );
  assert.equal(changes.filter(({ change }) => change === 'moved').length, 1);
});

test('mounts of one volume are known by their path', () => {
  const mounts = (readOnly: boolean) =>
    deployment([
      {
        name: 'web',
        volumeMounts: [
          { name: 'v', mountPath: '/a' },
          { name: 'v', mountPath: '/b', readOnly },
        ],
      },
    ]);
  assert.deepEqual(diffFields(mounts(false), mounts(true)), [
    {
      change: 'changed',
      pointer: '/spec/template/spec/containers/0/volumeMounts/1/readOnly',
      path: 'spec.template.spec.containers[web].volumeMounts[/b].readOnly',
      before: false,
      after: true,
    },
  ]);
});

test('added and removed fields say so, with keys that are no identifiers in quotes', () => {
  const labels = (value: Record<string, string>): Manifest => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', labels: value },
  });
  assert.deepEqual(diffFields(labels({ 'a.b/c': 'x' }), labels({ d: 'y' })), [
    { change: 'removed', pointer: '/metadata/labels/a.b~1c', path: 'metadata.labels["a.b/c"]', before: 'x' },
    { change: 'added', pointer: '/metadata/labels/d', path: 'metadata.labels.d', after: 'y' },
  ]);
});

test('values of Secrets and private keys anywhere are never in the result', () => {
  const secret = (value: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a' },
    data: { password: value },
    stringData: { token: value },
  });
  const changes = diffFields(secret('b25l'), secret('dHdv'));
  assert.deepEqual(
    changes.map(({ pointer, hidden }) => [pointer, hidden]),
    [
      ['/data/password', true],
      ['/stringData/token', true],
    ],
  );
  const whole = diffFields({ ...secret('b25l') }, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
  const key = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n`;
  const config = diffFields(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { key } },
  );
  assert.doesNotMatch(JSON.stringify([changes, whole, config]), /b25l|dHdv|AAAA/);
  assert.equal(whole.length, 2);
  assert.equal(config[0]?.hidden, true);
});

test('a key that every object inherits is a key like any other', () => {
  for (const key of ['toString', 'constructor', '__proto__', '_t']) {
    const data = JSON.parse(`{ "${key}": "x" }`) as unknown;
    const of = (value: unknown): Manifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: value,
    });
    assert.deepEqual(diffFields(of({}), of(data)), [
      { change: 'added', pointer: `/data/${key}`, path: `data.${key}`, after: 'x' },
    ]);
    assert.deepEqual(diffFields(of(data), of({})), [
      { change: 'removed', pointer: `/data/${key}`, path: `data.${key}`, before: 'x' },
    ]);
  }
});

test('there is no change exactly when two manifests are equal', () => {
  const spec = fc.jsonValue({ maxDepth: 4 });
  const of = (value: unknown): Manifest => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    spec: value,
  });
  // What JSON can't tell apart is no difference.
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
  fc.assert(
    fc.property(spec, spec, (one, two) => {
      const [a, b] = [plain(one), plain(two)];
      assert.deepEqual(diffFields(of(a), of(structuredClone(a))), []);
      if (JSON.stringify(a) !== JSON.stringify(b) && !sameButOrder(a, b))
        assert.notDeepEqual(diffFields(of(a), of(b)), []);
    }),
  );
});

function sameButOrder(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
