// Which environment a cluster runs, written into the cluster: whoever has the wrong context selected must not install one
// environment over another, or destroy what is somebody else's.
import { UsageError } from '../errors.ts';
import type { Kubectl } from './kubectl.ts';

const name = 'rekindle';
const namespace = 'kube-system';

/** The environment that this cluster runs; undefined for one that was never bootstrapped. */
export async function environmentOf(kubectl: Kubectl): Promise<string | undefined> {
  const mark = await kubectl.find('configmaps', name, namespace);
  return (mark as { data?: { environment?: string } } | undefined)?.data?.environment;
}

/** Says in the cluster which environment it runs from now on. */
export async function markCluster(kubectl: Kubectl, environment: string): Promise<void> {
  const mark = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { environment } };
  await kubectl.apply([mark], 'rekindle');
}

/** Forgets it. */
export async function unmarkCluster(kubectl: Kubectl): Promise<void> {
  await kubectl.run(['delete', 'configmap', name, '--namespace', namespace, '--ignore-not-found']);
}

/** Refuses a cluster that runs another environment; `mustBe` also one that runs none. */
export async function demandCluster(
  kubectl: Kubectl,
  environment: string,
  mustBe: 'ours' | 'ours or new',
): Promise<void> {
  const found = await environmentOf(kubectl);
  if (found === environment || (found === undefined && mustBe === 'ours or new')) return;
  const context = kubectl.access.context ?? (await kubectl.run(['config', 'current-context'])).trim();
  throw new UsageError(
    found === undefined
      ? `the cluster of context "${context}" runs no environment yet; npm run bootstrap -- --env ${environment} makes it one`
      : `the cluster of context "${context}" runs the environment "${found}", not "${environment}"; name another with --context, or set --env ${found}`,
  );
}
