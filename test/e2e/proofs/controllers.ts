// The controllers run as rendered, each with the token of its own ServiceAccount, and do what they are there for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedCalls } from '../programs/workload.ts';
import { noteStandIn } from '../stand-ins.ts';
import { certManagerPods, proveCertManager } from './controllers/cert-manager.ts';
import { contourPods, proveContour } from './controllers/contour.ts';
import { externalDnsPods, proveExternalDns } from './controllers/external-dns.ts';
import { proveMetrics } from './controllers/metrics.ts';
import { setStage } from './controllers/stage.ts';
import { proveTakeover } from './controllers/takeover.ts';

const stage = await setStage([...certManagerPods, ...contourPods, ...externalDnsPods]);
for (const name of ['kubelet', "cert-manager's programs", 'Envoy', 'backend of a host'] as const) noteStandIn(name);

proveCertManager(stage, [
  ...stage.manifests('argo-cd'),
  ...stage.manifests('contour'),
  ...stage.manifests('metrics-server'),
]);
proveContour(stage);
proveExternalDns(stage);
proveMetrics(stage, { 'cert-manager': {}, contour: {}, 'external-dns': { provider: 'rfc2136' } });

test('every probe of every program still answers', async () => {
  assert.ok(stage.running.length > 0);
  for (const pod of stage.running) await pod.probe();
});

proveTakeover(stage);

test('no program was refused a call', () => {
  assert.deepEqual(refusedCalls(stage.rig, stage.ran), []);
});

test('every program ends in its grace period once it is asked to, after its preStop handler', async () => {
  await Promise.all(stage.running.map((pod) => pod.stop()));
  for (const { process, container } of stage.running.flatMap(({ containers }) => containers)) {
    // Contour's shutdown manager takes no notice of SIGTERM, and Go's runtime ends it.
    assert.equal(process.ended(), container.name === 'shutdown-manager' ? 'exit code 2' : 'exit code 0', process.name);
  }
});
