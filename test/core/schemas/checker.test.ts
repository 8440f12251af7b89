import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { kubernetesMinors, loadChecker } from '../../../scripts/core/schemas/checker.ts';
import type { Diagnostic, Manifest } from '../../../scripts/core/types.ts';

const root = join(import.meta.dirname, '../../..');
const fixtures = join(root, 'test/fixtures/schemas');
const cache = { directory: mkdtempSync(join(tmpdir(), 'rekindle-')) };

/** What an invalid fixture expects of each finding. */
type Expected = Pick<Diagnostic, 'rule' | 'pointer' | 'message' | 'hint'>;

function read<T>(folder: string): [name: string, content: T][] {
  return readdirSync(join(fixtures, folder)).map((file) => [
    basename(file, '.json'),
    JSON.parse(readFileSync(join(fixtures, folder, file), 'utf8')) as T,
  ]);
}

const valid = read<Manifest>('valid');
const invalid = read<{ manifest: Manifest; findings: Expected[] }>('invalid');

test('the three minors that are supported have schemas', () => {
  assert.deepEqual(kubernetesMinors(), ['1.34', '1.35', '1.36']);
});

for (const kubernetes of kubernetesMinors()) {
  const checker = loadChecker({ root, kubernetes, cache });

  for (const [name, manifest] of valid) {
    test(`Kubernetes ${kubernetes} accepts ${name}`, () => {
      assert.deepEqual(checker.check(manifest), []);
    });
  }

  for (const [name, { manifest, findings }] of invalid) {
    test(`Kubernetes ${kubernetes} refuses ${name}`, () => {
      assert.ok(findings.length > 0, 'a fixture of a mistake says what is found');
      const found = checker
        .check(manifest)
        .map(({ rule, pointer, message, hint }) => ({ rule, pointer, message, hint }));
      // The fixtures were written for 1.36.
      const expected = findings.map((finding) => ({
        ...finding,
        message: finding.message.replace('Kubernetes 1.36', `Kubernetes ${kubernetes}`),
      }));
      assert.deepEqual(found, expected);
    });
  }
}

const checker = loadChecker({ root, kubernetes: '1.36', cache });
const warehouse = { apiVersion: 'example.org/v1', kind: 'Warehouse', metadata: { name: 'a', namespace: 'b' } };
const warehouseCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'warehouses.example.org' },
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { kind: 'Warehouse', plural: 'warehouses' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
      },
    ],
  },
};

test('every finding names the manifest', () => {
  const [finding] = checker.check({ ...warehouse, apiVersion: 'v1', kind: 'ConfigMap', data: 1 } as Manifest);
  assert.deepEqual(finding?.manifest, { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'b', name: 'a' });
  assert.equal(finding?.severity, 'error');
});

test('findings come in the order of the manifest, whatever order the schema has', () => {
  const containers = Array.from({ length: 11 }, (_, index) => ({ name: `c${index}`, tty: 'yes' }));
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers } };
  assert.deepEqual(
    checker.check(manifest).map(({ pointer }) => pointer),
    containers.map((_, index) => `/spec/containers/${index}/tty`),
  );
});

test('a kind without schema can be allowed by kind, by version and kind, or with all others', () => {
  assert.equal(checker.check(warehouse)[0]?.rule, 'schema-missing');
  for (const allowed of ['Warehouse', 'example.org/v1/Warehouse', '*']) {
    const lenient = loadChecker({ root, kubernetes: '1.36', cache, allowMissing: [allowed] });
    assert.deepEqual(lenient.check(warehouse), []);
  }
  const other = loadChecker({ root, kubernetes: '1.36', cache, allowMissing: ['Shop', 'example.org/v2/Warehouse'] });
  assert.equal(other.check(warehouse).length, 1);
});

test('a kind becomes known by a definition among the manifests', () => {
  const learning = loadChecker({ root, kubernetes: '1.36', cache });
  learning.learn([warehouse, warehouseCrd]);
  assert.deepEqual(learning.check(warehouse), []);
  assert.equal(learning.check({ ...warehouse, spec: { size: 1 } })[0]?.pointer, '/spec/size');
});

test('a kind becomes known by a file or folder of definitions, YAML or JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-'));
  const yaml = `# a comment\nkind: ConfigMap\napiVersion: v1\n---\n${JSON.stringify(warehouseCrd)}\n`;
  writeFileSync(join(folder, 'all.yaml'), yaml);
  for (const crds of [[folder], [join(folder, 'all.yaml')]]) {
    assert.deepEqual(loadChecker({ root, kubernetes: '1.36', cache, crds }).check(warehouse), []);
  }
});

test('a path without a definition is a usage error', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'rekindle-')), 'empty.yaml');
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\n');
  const load = (crds: string[]) => () => loadChecker({ root, kubernetes: '1.36', cache, crds });
  assert.throws(load([file]), { name: 'UsageError', message: `${file}: no CustomResourceDefinition in it` });
  assert.throws(load(['/no/such/file.yaml']), { name: 'UsageError', message: /no such file/ });
});

test('an unknown minor is a usage error that lists the known ones', () => {
  assert.throws(() => loadChecker({ root, kubernetes: '1.63', cache }), {
    name: 'UsageError',
    message: 'no schemas for Kubernetes 1.63; there are: 1.34, 1.35, 1.36',
  });
});

test('the checker knows which kinds have a namespace', () => {
  assert.equal(checker.isNamespaced('apps/v1', 'Deployment'), true);
  assert.equal(checker.isNamespaced('v1', 'Namespace'), false);
  assert.equal(checker.isNamespaced('cert-manager.io/v1', 'Certificate'), true);
  assert.equal(checker.isNamespaced('cert-manager.io/v1', 'ClusterIssuer'), false);
  assert.equal(checker.isNamespaced('example.org/v1', 'Warehouse'), undefined);
});

test('no finding shows what a Secret holds', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
  for (const value of ['hunter2 hunter2', 47114711, ['hunter2'], { hunter2: 'hunter2' }]) {
    for (const field of ['data', 'stringData']) {
      if (field === 'stringData' && typeof value === 'string') continue;
      const findings = checker.check({ ...secret, [field]: { password: value } });
      assert.equal(findings.length, 1);
      assert.doesNotMatch(`${findings[0]?.message} ${findings[0]?.hint}`, /hunter2|4711/);
    }
  }
});
