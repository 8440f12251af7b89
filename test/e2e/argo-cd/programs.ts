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

interface Certified {
  /** The Secret with the certificate that cert-manager issued for it. */
  secret: string;
  port: number;
}

/** A script of this folder in place of the program, for what the API server asks of it. */
const played =
  (script: string, servers: readonly Certified[]): Runner =>
  async (rig, pod) => {
    const { namespace, name } = pod.metadata;
    const certified = async ({ secret, port }: Certified) => {
      let found = await rig.api.find(secretRef(namespace, secret));
      await waitUntil(async () => (found = await rig.api.find(secretRef(namespace, secret))) !== undefined, {
        seconds: 120,
        what: `the certificate ${namespace}/${secret}`,
      });
      const data = found!.data as Record<string, string>;
      return { port, key: data['tls.key'], certificate: data['tls.crt'] };
    };
    const SERVERS = JSON.stringify(await Promise.all(servers.map(certified)));
    const network = await rig.addPodNetwork();
    const server = await rig.start({
      name: `${namespace}-${name}`,
      command: [process.execPath, '--import', 'tsx', join(import.meta.dirname, script)],
      env: { SERVERS },
      enter: network.enter,
    });
    const status = runningStatus({ ...pod, status: { ...pod.status, podIP: network.address } });
    await rig.api.patch(
      { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } },
      { status },
      { subresource: 'status' },
    );
    return { stop: () => server.stop(), kill: () => server.stop('SIGKILL') };
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
  'linkerd/linkerd-destination': played('agreeable.ts', [
    { secret: 'linkerd-policy-validator-k8s-tls', port: 9443 },
    { secret: 'linkerd-sp-validator-k8s-tls', port: 8443 },
  ]),
  'linkerd/linkerd-proxy-injector': asTemplate,
  'linkerd-viz/tap': played('agreeable.ts', [{ secret: 'tap-k8s-tls', port: 8089 }]),
  'metrics-server/metrics-server': played('metrics-api.ts', [{ secret: 'metrics-server-tls', port: 10250 }]),
  'trust-manager/trust-manager': asTemplate,
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
