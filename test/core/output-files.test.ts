import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileNames } from '../../scripts/core/output-files.ts';
import type { Manifest } from '../../scripts/core/types.ts';

function manifest(kind: string, name: string, namespace?: string, apiVersion = 'v1'): Manifest {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

test('a file is called by kind and name', () => {
  assert.deepEqual(fileNames([manifest('ConfigMap', 'a', 'x'), manifest('Service', 'a', 'x')]), [
    'configmap-a',
    'service-a',
  ]);
});

test('those that would collide get their namespace, the others stay', () => {
  const manifests = [
    manifest('Role', 'a', 'x'),
    manifest('Role', 'a', 'y'),
    manifest('Role', 'b', 'x'),
    manifest('Role', 'a'),
  ];
  assert.deepEqual(fileNames(manifests), ['role-a.x', 'role-a.y', 'role-b', 'role-a']);
});

test('the same kind of two groups is told apart by the group, one identity twice by a number', () => {
  assert.deepEqual(
    fileNames([
      manifest('Ingress', 'a', 'x', 'networking.k8s.io/v1'),
      manifest('Ingress', 'a', 'x', 'extensions/v1beta1'),
    ]),
    ['ingress-a.x.networking.k8s.io', 'ingress-a.x.extensions'],
  );
  assert.deepEqual(fileNames([manifest('Pod', 'a'), manifest('Pod', 'a'), manifest('Pod', 'a')]), [
    'pod-a',
    'pod-a.2',
    'pod-a.3',
  ]);
});

test('no name leads out of the folder, and none is too long for a file system', () => {
  assert.deepEqual(fileNames([manifest('Role', '../../etc/passwd'), manifest('Role', 'system:auth-delegator')]), [
    'role-..%2f..%2fetc%2fpasswd',
    'role-system:auth-delegator',
  ]);
  const [long = ''] = fileNames([manifest('CustomResourceDefinition', 'x'.repeat(253))]);
  assert.ok(long.length <= 240);
  assert.notEqual(long, fileNames([manifest('CustomResourceDefinition', `${'x'.repeat(252)}y`)])[0]);
});

test('whatever the manifests, every one has a file of its own', () => {
  const word = fc.constantFrom('a', 'A', 'b', 'a.x', 'a.2', 'x');
  const any = fc.tuple(word, word, fc.option(word, { nil: undefined }), fc.constantFrom('v1', 'x/v1', 'a/v1'));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (all) => {
      const names = fileNames(
        all.map(([kind, name, namespace, apiVersion]) => manifest(kind, name, namespace, apiVersion)),
      );
      assert.equal(new Set(names).size, all.length, names.join(' '));
      for (const name of names) assert.equal(name, name.toLowerCase());
    }),
    { numRuns: 500 },
  );
});
