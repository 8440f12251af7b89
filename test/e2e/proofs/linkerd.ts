// Linkerd's certificates and the programs that work with them: cert-manager issues, trust-manager hands out, the injector tells
// pods whom to trust, identity signs what proxies ask for, and a rotation of the anchor goes through its steps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedCalls } from '../programs/workload.ts';
import { noteStandIn } from '../stand-ins.ts';
import { setStage } from './controllers/stage.ts';
import { certificatePods, proveCertificates } from './linkerd/certificates.ts';
import { identity, proveIdentity } from './linkerd/identity.ts';
import { proveWebhooks, webhookPods } from './linkerd/webhooks.ts';

const stage = await setStage([...certificatePods, identity, ...webhookPods]);
for (const name of ['kubelet', "cert-manager's programs", "Linkerd's proxies"] as const) noteStandIn(name);

proveCertificates(stage);
proveWebhooks(stage);
proveIdentity(stage);

test('no program was refused a call, and every probe still answers', async () => {
  for (const pod of stage.running) await pod.probe();
  assert.deepEqual(refusedCalls(stage.rig, stage.ran), []);
});
