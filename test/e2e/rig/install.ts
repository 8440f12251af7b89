// Applies manifests one after the other, as Argo CD would, and says what became of each.
import type { Manifest } from '../../../scripts/core/types.ts';
import { ApiError, waitUntil, type Api, type ApplyOptions, type LiveObject } from './api.ts';
import type { Step } from '../../../scripts/core/live/sync-order.ts';

export interface Applied extends Step {
  /** As the server has it, or why it refused. */
  live?: LiveObject;
  refused?: string;
}

export interface InstallOptions extends ApplyOptions {
  /** Called after each object that was accepted, before the next. */
  onApplied?: (live: LiveObject) => Promise<void>;
}

/** Applies every step, in order. What is refused doesn't keep the rest from being tried. */
export async function install(
  api: Api,
  steps: readonly Step[],
  { onApplied, ...options }: InstallOptions = {},
): Promise<Applied[]> {
  const results: Applied[] = [];
  for (const step of steps) {
    try {
      if (isReplaced(step.manifest)) await remove(api, step.manifest);
      const live = await api.apply(step.manifest, options);
      if (live.kind === 'CustomResourceDefinition') await established(api, live);
      await onApplied?.(live);
      results.push({ ...step, live });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      results.push({ ...step, refused: error.message });
    }
  }
  return results;
}

/** The objects that were refused, each as one line. */
export function refusals(results: readonly Applied[]): string[] {
  return results.flatMap(({ app, manifest: { kind, metadata }, refused }) =>
    refused === undefined ? [] : [`${app}: ${kind} ${metadata.namespace ?? ''}/${metadata.name}: ${refused}`],
  );
}

/** Argo CD deletes such a hook before it creates it anew; it is what it does where nothing is said. */
export function isReplaced({ metadata }: Manifest): boolean {
  const { annotations = {} } = metadata;
  const policy = annotations['argocd.argoproj.io/hook-delete-policy'] ?? 'BeforeHookCreation';
  return annotations['argocd.argoproj.io/hook'] !== undefined && policy.includes('BeforeHookCreation');
}

async function remove(api: Api, manifest: Manifest): Promise<void> {
  await api.delete(manifest);
  await api.waitFor(manifest, (live) => live === undefined, {
    what: `${manifest.metadata.name} is gone`,
    seconds: 120,
  });
}

/** Waits until the server serves a new kind. */
async function established(api: Api, definition: LiveObject): Promise<void> {
  await api.waitFor(definition, (live) => conditionOf(live, 'Established') === 'True', {
    seconds: 120,
    what: `CustomResourceDefinition ${definition.metadata.name} is established`,
  });
  const { group, names, versions } = definition.spec as {
    group: string;
    names: { kind: string };
    versions: { name: string; served: boolean }[];
  };
  const served = versions.find((version) => version.served)!;
  // Discovery follows a moment later.
  await waitUntil(
    async () => (await api.pathOf({ apiVersion: `${group}/${served.name}`, kind: names.kind, metadata: {} })) !== '',
    {
      seconds: 120,
      what: `${names.kind} of ${group}/${served.name} is served`,
    },
  );
}

/** Status of a condition; undefined when it isn't there. */
export function conditionOf(live: LiveObject | undefined, type: string): string | undefined {
  const conditions = (live?.status?.conditions ?? []) as { type: string; status: string }[];
  return conditions.find((condition) => condition.type === type)?.status;
}
