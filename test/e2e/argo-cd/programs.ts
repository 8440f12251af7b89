// Which pods run for real while Argo CD installs an environment, and how. All others are played by kwok.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { runningStatus } from '../programs/status.ts';
import type { WorkloadName } from '../programs/workload.ts';
import { waitUntil } from '../rig/api.ts';
import type { Rig } from '../rig/rig.ts';
import { asTemplate, type Runner } from './keep-running.ts';

const secretRef = (namespace: string, name: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
});

/** A server that answers for metrics.k8s.io, with the certificate that cert-manager issued for it. */
const metricsApi: Runner = async (rig, pod) => {
  const { namespace, name } = pod.metadata;
  let secret = await rig.api.find(secretRef(namespace, 'metrics-server-tls'));
  await waitUntil(async () => (secret = await rig.api.find(secretRef(namespace, 'metrics-server-tls'))) !== undefined, {
    seconds: 120,
    what: 'the certificate of metrics-server',
  });
  const network = await rig.addPodNetwork();
  const data = secret!.data as Record<string, string>;
  const server = await rig.start({
    name: `${namespace}-${name}`,
    command: [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'metrics-api.ts')],
    env: { KEY: data['tls.key']!, CERTIFICATE: data['tls.crt']! },
    enter: network.enter,
  });
  const status = runningStatus({ ...pod, status: { ...pod.status, podIP: network.address } });
  await rig.api.patch(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } },
    { status },
    { subresource: 'status' },
  );
  return () => server.stop();
};

/** By `<namespace>/<label app.kubernetes.io/name>`. */
export const programs: Readonly<Record<WorkloadName, Runner>> = {
  'argocd/argocd-application-controller': asTemplate,
  'argocd/argocd-redis': asTemplate,
  'argocd/argocd-redis-ha': asTemplate,
  'argocd/argocd-repo-server': asTemplate,
  'cert-manager/cert-manager': asTemplate,
  'cert-manager/cert-manager-cainjector': asTemplate,
  'cert-manager/cert-manager-startup-check': asTemplate,
  'cert-manager/cert-manager-webhook': asTemplate,
  'contour/contour': asTemplate,
  'metrics-server/metrics-server': metricsApi,
};

/**
 * Makes the password of Redis as the init container of its pods would, `argocd admin redis-initial-password`: by the
 * rights of their ServiceAccount, and only where there is none.
 */
export async function makeRedisPassword(rig: Rig, serviceAccount: string): Promise<void> {
  const namespace = 'argocd';
  const api = rig.api.as(await rig.api.tokenFor({ namespace, serviceAccount }));
  const ref = secretRef(namespace, 'argocd-redis');
  if ((await api.find(ref)) !== undefined) return;
  await api.create({ ...ref, stringData: { auth: randomBytes(12).toString('hex') } } as typeof ref);
}
