import assert from 'node:assert/strict';
import { test } from 'node:test';
import { podOf } from './pod-template.ts';

test('the pod of a StatefulSet mounts the claims that its controller makes', () => {
  const template = {
    spec: { containers: [{ name: 'store' }], volumes: [{ name: 'config', configMap: { name: 'store' } }] },
  };
  const pod = podOf({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'store', namespace: 'stores' },
    spec: { template, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
  });
  assert.deepEqual(pod.spec.volumes, [
    { name: 'config', configMap: { name: 'store' } },
    { name: 'data', persistentVolumeClaim: { claimName: 'data-store-0' } },
  ]);
});

test('the pod of any other workload has the volumes of its template', () => {
  const template = { spec: { containers: [{ name: 'web' }] } };
  const pod = podOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } });
  assert.equal(pod.spec.volumes, undefined);
  assert.equal(pod.metadata.name, 'web-0');
});
