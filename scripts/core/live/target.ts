// An environment and the cluster that it runs in: what every verb that asks a cluster begins with.
import { discoverEnvironments, selectEnvironments } from '../discover.ts';
import type { EngineName } from '../engine.ts';
import { engineOf } from '../engine-of.ts';
import { renderApps, type RenderedApp } from '../render-apps.ts';
import { openRepository } from '../root.ts';
import type { Diagnostic, Environment, Manifest } from '../types.ts';
import { rootName } from './applications.ts';
import { openKubectl, type ClusterAccess, type Kubectl } from './kubectl.ts';

export interface Target {
  environment: Environment;
  apps: RenderedApp[];
  /** Names of the Applications that there are to be, the root's among them. */
  wanted: string[];
  /** Namespace of the Applications. */
  namespace: string;
  kubectl: Kubectl;
}

/** Renders an environment; findings in place of a target when it can't be. */
export async function openTarget(
  name: string,
  access: ClusterAccess,
  engine: EngineName,
): Promise<Target | { diagnostics: Diagnostic[] }> {
  const [environment] = selectEnvironments(discoverEnvironments(openRepository(process.cwd())), [name]);
  const { apps, diagnostics } = await renderApps(environment!, { engine: engineOf(engine) });
  if (diagnostics.length > 0) return { diagnostics };
  const root = apps.flatMap(({ manifests }) => manifests).find(isRoot);
  if (root === undefined) {
    const message = `no app has the Application "${rootName}"; turn the component argo-cd on`;
    return { diagnostics: [{ rule: 'root-application', severity: 'error', message, env: name }] };
  }
  return {
    environment: environment!,
    apps,
    wanted: apps.map(({ app }) => app),
    namespace: root.metadata.namespace!,
    kubectl: openKubectl(access),
  };
}

function isRoot({ kind, metadata }: Manifest): boolean {
  return kind === 'Application' && metadata.name === rootName;
}
