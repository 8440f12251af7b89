import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeVariant, variant } from './variant.ts';

const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } };
const apps = [{ app: 'one', manifests: [manifest] }];
const made = (path: string, value?: unknown): unknown =>
  makeVariant(variant('Service', 'x', path, value), apps)?.manifest;

test('a variant differs in one place and leaves its original alone', () => {
  assert.deepEqual(made('spec/ports/0/port', 81), { ...manifest, spec: { ports: [{ port: 81 }] } });
  assert.deepEqual(made('spec/ports/-', { port: 82 }), { ...manifest, spec: { ports: [{ port: 80 }, { port: 82 }] } });
  assert.deepEqual(made('spec/ports'), { ...manifest, spec: {} });
  assert.deepEqual(
    made('spec/type', (before: unknown) => before ?? 'Other'),
    {
      ...manifest,
      spec: { ...manifest.spec, type: 'Other' },
    },
  );
  assert.deepEqual(manifest.spec, { ports: [{ port: 80 }] });
});

test('without a manifest that has the place there is no variant', () => {
  assert.equal(made('spec/template/spec', {}), undefined);
  assert.equal(made('spec/ports/3', {}), undefined);
  assert.equal(made('spec/missing'), undefined);
  assert.equal(makeVariant(variant('Secret', 'x', 'data', {}), apps), undefined);
});
