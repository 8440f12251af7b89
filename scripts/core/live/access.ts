// Which kubeconfig leads to the cluster of an environment, by its settings `infrastructure`.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { UsageError } from '../errors.ts';
import type { ClusterAccess } from './kubectl.ts';

/** What is read of the settings; lib/terraform/settings.libsonnet says what they mean. */
export interface InfrastructureSettings {
  target: 'existing' | 'kind' | 'minikube' | 'digitalocean';
  kubeconfig: string;
  context: string | null;
}

/** The kubeconfig of an environment: absolute, from `~`, or from the root of the repository. */
export function kubeconfigPath(root: string, { kubeconfig }: InfrastructureSettings): string {
  if (kubeconfig === '~' || kubeconfig.startsWith('~/')) return join(homedir(), kubeconfig.slice(1));
  return isAbsolute(kubeconfig) ? kubeconfig : join(root, kubeconfig);
}

/** Do the flags name a cluster? Then it is there, and Terraform has no part in it. */
export function namesCluster({ kubeconfig, context }: ClusterAccess): boolean {
  return kubeconfig !== undefined || context !== undefined;
}

/**
 * How to reach the cluster: as the flags say, and where they say nothing by the kubeconfig of the settings. One that isn't
 * there is an error: whatever kubectl would take instead may be any cluster.
 */
export function accessOf(
  env: string,
  root: string,
  settings: InfrastructureSettings,
  flags: ClusterAccess,
): ClusterAccess {
  if (namesCluster(flags)) return flags;
  const path = kubeconfigPath(root, settings);
  const shown = relative(root, path).startsWith('..') ? path : relative(root, path);
  if (!existsSync(path)) {
    throw new UsageError(
      settings.target === 'existing'
        ? `${shown}: there is no kubeconfig; put that of the cluster there, or say where it is by infrastructure.kubeconfig, --kubeconfig or --context`
        : `${shown}: there is no kubeconfig, so no cluster either; npm run bootstrap -- --env ${env} makes it`,
    );
  }
  return { kubeconfig: path, ...(settings.context !== null && { context: settings.context }) };
}
