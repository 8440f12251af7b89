// What applying Secrets asks of the cluster. Of Secrets only names and versions are read.
import { UsageError } from '../errors.ts';
import { fieldManager as ofArgoCD } from '../live/applications.ts';
import { listOf, type Kubectl } from '../live/kubectl.ts';
import type { Manifest } from '../types.ts';

/** Owners of the fields that are applied, in `metadata.managedFields`. What is in Git is Argo CD's from the start. */
export const fieldManagers = { secrets: 'rekindle-secrets', namespaces: ofArgoCD } as const;

/** Labels of every Namespace, by name. */
export async function namespaceLabels(kubectl: Kubectl): Promise<Map<string, Record<string, string>>> {
  const namespaces = await kubectl.list('namespaces');
  return new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
}

/** `<namespace>/<name>` of those objects that exist, with the version that changes with each change. */
export async function versionsOf(kubectl: Kubectl, manifests: readonly Manifest[]): Promise<Map<string, string>> {
  if (manifests.length === 0) return new Map();
  const columns = 'custom-columns=:.metadata.namespace,:.metadata.name,:.metadata.resourceVersion';
  const args = ['get', '--filename', '-', '--ignore-not-found', '--no-headers', '--output', columns];
  const text = await kubectl.run(args, listOf(manifests));
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(
    rows.filter(({ length }) => length === 3).map(([namespace, name, version]) => [`${namespace}/${name}`, version!]),
  );
}

/** Refuses a cluster whose namespaces say that they are of another environment. */
export function refuseOther(
  env: string,
  namespaces: Map<string, Record<string, string>>,
  needed: Iterable<string>,
): void {
  for (const name of needed) {
    const labels = namespaces.get(name);
    const other = labels?.['app.kubernetes.io/part-of'];
    if (labels?.['app.kubernetes.io/managed-by'] === 'argocd' && other !== undefined && other !== env) {
      throw new UsageError(
        `the namespace ${name} of this cluster belongs to the environment "${other}", not to "${env}"; nothing was applied: name the right cluster by --context or --kubeconfig`,
      );
    }
  }
}
