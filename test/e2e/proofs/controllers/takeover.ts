// Where there are several Contours, another one takes over from the one that leads, with the rights that we give.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveObject } from '../../rig/api.ts';
import type { Stage } from './stage.ts';

/** Registers the test. Contour runs by then, and one of its pods doesn't afterwards. */
export function proveTakeover(stage: Stage): void {
  const { api } = stage.rig;
  const proxy = stage.manifests('contour').find(({ kind }) => kind === 'HTTPProxy')!;
  const deployment = stage
    .manifests('contour')
    .find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'contour')!;
  if ((deployment.spec as { replicas: number }).replicas < 2) return;

  test('contour: when the one that leads ends, another one reports what becomes of a new host', async () => {
    const lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'contour', namespace: 'contour' },
    };
    const holder = (live: LiveObject | undefined): string => (live?.spec?.holderIdentity as string | undefined) ?? '';
    const first = holder(await api.get(lease));
    // Its identity begins with its host name, which is that of its pod.
    const leading = stage.running.findIndex(({ pod }) => first.startsWith(`${pod.metadata.name}_`));
    assert.notEqual(leading, -1, `${first} is one of our pods`);
    const [ended] = stage.running.splice(leading, 1);
    await ended!.stop();
    const extra = {
      apiVersion: 'projectcontour.io/v1',
      kind: 'HTTPProxy',
      metadata: { name: 'after-takeover', namespace: proxy.metadata.namespace! },
      spec: { ...(proxy.spec as object), virtualhost: { fqdn: 'after-takeover.test' } },
    };
    await api.apply(extra);
    await api.waitFor(extra, (live) => live?.status?.currentStatus === 'valid', { seconds: 90 });
    const second = holder(await api.get(lease));
    assert.ok(second !== '' && second !== first, `${second} leads`);
  });
}
