// What a pod needs before it can start.
import type { Pod } from '../programs/pod.ts';
import { waitUntil, type ObjectRef } from '../rig/api.ts';
import type { Rig } from '../rig/rig.ts';

/** Waits until every ConfigMap and Secret that a pod can't start without is there: a kubelet would wait, too. */
export async function waitForReferences(rig: Rig, pod: Pod): Promise<void> {
  const { namespace } = pod.metadata;
  const wanted = new Map<string, ObjectRef>();
  const want = (kind: string, ref: { name: string; optional?: boolean } | undefined): void => {
    if (ref === undefined || ref.optional === true) return;
    wanted.set(`${kind}/${ref.name}`, { apiVersion: 'v1', kind, metadata: { name: ref.name, namespace } });
  };
  for (const { configMap, secret, projected } of pod.spec.volumes ?? []) {
    want('ConfigMap', configMap);
    want('Secret', secret && { ...secret, name: secret.secretName });
    for (const source of projected?.sources ?? []) {
      want('ConfigMap', source.configMap);
      want('Secret', source.secret);
    }
  }
  for (const { env = [] } of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
    for (const { valueFrom } of env) {
      want('ConfigMap', valueFrom?.configMapKeyRef);
      want('Secret', valueFrom?.secretKeyRef);
    }
  }
  for (const [name, ref] of wanted) {
    await waitUntil(async () => (await rig.api.find(ref)) !== undefined, {
      seconds: 180,
      what: `${name}, which the pod ${namespace}/${pod.metadata.name} can't start without`,
    });
  }
}
