import { UsageError } from '../errors.ts';
import type { Manifest } from '../types.ts';
import { output, type RunProgram } from './program.ts';

/** Which cluster; what is left out is kubectl's own choice. */
export interface ClusterAccess {
  kubeconfig?: string;
  context?: string;
}

/** Owners of the fields that are applied, in `metadata.managedFields`. What is in Git is Argo CD's from the start. */
export const fieldManagers = { secrets: 'rekindle-secrets', namespaces: 'argocd-controller' } as const;

/** kubectl against one cluster. Manifests go in by standard input; of Secrets only names and versions are read. */
export function kubectlOf(run: RunProgram, { kubeconfig, context }: ClusterAccess) {
  const access = [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
  const call = (args: string[], manifests: readonly object[], confidential: readonly string[]): Promise<string> =>
    output(run, { program: 'kubectl', args: [...args, ...access], input: listOf(manifests) }, confidential);

  return {
    /** Labels of every Namespace, by name. */
    async namespaces(): Promise<Map<string, Record<string, string>>> {
      const list = JSON.parse(await call(['get', 'namespaces', '-o', 'json'], [], [])) as { items: Manifest[] };
      return new Map(list.items.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
    },
    /** `<namespace>/<name>` of those objects that exist, with the version that changes with each change. */
    async versions(manifests: readonly Manifest[]): Promise<Map<string, string>> {
      const columns = 'custom-columns=:.metadata.namespace,:.metadata.name,:.metadata.resourceVersion';
      const args = ['get', '-f', '-', '--ignore-not-found', '--no-headers', '-o', columns];
      const text = await call(args, manifests, []);
      const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
      return new Map(
        rows
          .filter(({ length }) => length === 3)
          .map(([namespace, name, version]) => [`${namespace}/${name}`, version!]),
      );
    },
    /** Applies server-side. Whoever else wrote the same fields loses them: what is applied is the truth. */
    async apply(
      manifests: readonly Manifest[],
      fieldManager: string,
      confidential: readonly string[] = [],
    ): Promise<void> {
      const args = [
        'apply',
        '--server-side',
        '--force-conflicts',
        '--field-manager',
        fieldManager,
        '-f',
        '-',
        '-o',
        'name',
      ];
      await call(args, manifests, confidential);
    },
  };
}

function listOf(manifests: readonly object[]): string {
  return manifests.length === 0 ? '' : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
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
