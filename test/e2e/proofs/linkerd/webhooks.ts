// The webhooks that work on what others apply: the injector and the validator of ServiceProfiles.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitUntil } from '../../rig/api.ts';
import type { Stage } from '../controllers/stage.ts';
import { bundleOf, certificatesOf, fingerprints } from './trust.ts';

/** Pods that the stage must run. */
export const webhookPods = ['linkerd/linkerd-destination', 'linkerd/linkerd-proxy-injector'] as const;

/** Registers the tests. Needs the certificates and the bundle. */
export function proveWebhooks(stage: Stage): void {
  const { rig } = stage;
  const { api } = rig;

  test('the injector adds the proxy, and tells it the anchors', async () => {
    await stage.run('linkerd/linkerd-proxy-injector');
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'trial', namespace: 'kube-public', annotations: { 'linkerd.io/inject': 'enabled' } },
      spec: { serviceAccountName: 'default', containers: [{ name: 'trial', image: 'trial:1' }] },
    };
    await waitUntil(
      async () =>
        (await api.find({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace: 'kube-public' },
        })) !== undefined,
      { what: 'the ServiceAccount' },
    );
    let made: any;
    await waitUntil(
      async () => {
        made = await api.create(pod, { dryRun: true });
        return made.spec.initContainers !== undefined;
      },
      { seconds: 60, what: 'the API server asks the injector' },
    );
    const proxy = made.spec.initContainers.find(({ name }: { name: string }) => name === 'linkerd-proxy');
    assert.equal(proxy.restartPolicy, 'Always');
    const told = proxy.env.find(({ name }: { name: string }) => name === 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS').value;
    assert.deepEqual(fingerprints(certificatesOf(told)), fingerprints(await bundleOf(rig)));
  });

  test('the validator of ServiceProfiles refuses one that is none', async () => {
    await stage.run('linkerd/linkerd-destination');
    // The namespace of Linkerd itself is not asked about.
    const elsewhere = (pathRegex: string) => ({
      apiVersion: 'linkerd.io/v1alpha2',
      kind: 'ServiceProfile',
      metadata: { name: 'trial.kube-public.svc.cluster.local', namespace: 'kube-public' },
      spec: { routes: [{ name: 'trial', condition: { pathRegex } }] },
    });
    // Who can't reach a webhook that may be ignored goes on without it: kube-proxy must know the pod first.
    let refusal = '';
    await waitUntil(
      async () => {
        await api.create(elsewhere(''), { dryRun: true }).catch((error: unknown) => (refusal = String(error)));
        return refusal !== '';
      },
      { seconds: 60, what: 'the API server asks the validator' },
    );
    assert.match(refusal, /linkerd-sp-validator\.linkerd\.io.* denied the request/);
    await api.create(elsewhere('/good'), { dryRun: true });
  });
}
