// An environment and what is to be known of it before its cluster is asked.
import { discoverEnvironments, selectEnvironments } from '../discover.ts';
import type { EngineName } from '../engine.ts';
import { engineOf } from '../engine-of.ts';
import { renderApps, type RenderedApp } from '../render-apps.ts';
import { UsageError } from '../errors.ts';
import { openRepository, type Repository } from '../root.ts';
import { slice } from '../slice.ts';
import type { Diagnostic, Environment, Infrastructure, Manifest } from '../types.ts';
import type { InfrastructureSettings } from './access.ts';
import { rootName } from './applications.ts';
import { readSignals, type Signal } from './signals.ts';

export interface Target {
  repository: Repository;
  environment: Environment;
  apps: RenderedApp[];
  /** Names of the Applications that there are to be, the root's among them. */
  wanted: string[];
  /** Namespace of the Applications. */
  namespace: string;
  /** What Terraform and kind are given; null on libraries that don't say. */
  infrastructure: Infrastructure | null;
  settings: InfrastructureSettings;
  /** What the cluster remembers, and how to ask for it. */
  signals: Signal[];
}

/** Renders an environment; findings in place of a target when it can't be. */
export async function openTarget(
  name: string,
  engineName: EngineName,
): Promise<Target | { diagnostics: Diagnostic[] }> {
  const repository = openRepository(process.cwd());
  const [environment] = selectEnvironments(discoverEnvironments(repository), [name]);
  const engine = engineOf(engineName);
  const { apps, infrastructure, diagnostics } = await renderApps(environment!, { engine });
  if (diagnostics.length > 0) return { diagnostics };
  const settings = await slice(environment!, 'settings', { engine });
  if ('diagnostics' in settings) return settings;
  const remembered = await readSignals(environment!, engineName);
  if ('diagnostics' in remembered) return remembered;
  const root = apps.flatMap(({ manifests }) => manifests).find(isRoot);
  if (root === undefined) {
    throw new UsageError(`${name}: no app has the Application "${rootName}"; turn the component argo-cd on`);
  }
  return {
    repository,
    environment: environment!,
    apps,
    wanted: apps.map(({ app }) => app),
    namespace: root.metadata.namespace!,
    infrastructure: infrastructure ?? null,
    settings: (settings.value as { infrastructure: InfrastructureSettings }).infrastructure,
    signals: remembered.signals,
  };
}

function isRoot({ kind, metadata }: Manifest): boolean {
  return kind === 'Application' && metadata.name === rootName;
}
