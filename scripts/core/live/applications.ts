// Applications as Argo CD keeps them in the cluster, and what can be read off them.

import type { LiveObject } from './live-object.ts';

/** The Application above all. */
export const rootName = 'applications';

/** What Argo CD applies under. Under the same name it takes over without a trace, and what Git no longer says goes. */
export const fieldManager = 'argocd-controller';

/** The resource type for kubectl; others have Applications, too. */
export const applicationType = 'applications.argoproj.io';

/** What one Application came to. */
export interface AppState {
  name: string;
  /** Where its objects go. */
  namespace: string;
  wave: number;
  /** The commit that it is to follow; the branch for the root. */
  follows: string;
  /** The commit that the verdict below is about. */
  revision: string;
  sync: string;
  health: string;
  /** Phase of its newest sync, empty before the first. */
  phase: string;
  /** Does a sync run or wait to be started? */
  busy: boolean;
  message: string;
  conditions: { type: string; message: string }[];
  /** Objects that differ from Git, as `<Kind> <namespace>/<name>`. */
  drift: string[];
  reconciledAt: string;
  createdAt: string;
  startedAt: string;
  finishedAt: string;
}

export function stateOf({ metadata, spec, status = {}, ...rest }: LiveObject): AppState {
  const operation = status.operationState ?? {};
  return {
    name: metadata.name,
    namespace: spec.destination?.namespace ?? '',
    wave: Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0),
    follows: spec.source.targetRevision,
    revision: status.sync?.revision ?? '',
    sync: status.sync?.status ?? 'Unknown',
    health: status.health?.status ?? 'Missing',
    phase: operation.phase ?? '',
    busy: 'operation' in rest || operation.phase === 'Running' || operation.phase === 'Terminating',
    message: operation.message ?? '',
    conditions: status.conditions ?? [],
    drift: driftOf(status.resources ?? []),
    reconciledAt: status.reconciledAt ?? '',
    createdAt: metadata.creationTimestamp,
    startedAt: operation.startedAt ?? '',
    finishedAt: operation.finishedAt ?? '',
  };
}

function driftOf(resources: { kind: string; namespace?: string; name: string; status?: string }[]): string[] {
  return resources
    .filter(({ status }) => status === 'OutOfSync')
    .map(({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

/** The Applications of one moment, in the order of their waves. */
export function statesOf(applications: readonly LiveObject[]): AppState[] {
  return applications.map(stateOf).sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1));
}

/** Is it Synced and Healthy at this commit, with nothing under way? */
export function isSettled(app: AppState, commit: string): boolean {
  const follows = app.name === rootName || app.follows === commit;
  return follows && app.revision === commit && app.sync === 'Synced' && app.health === 'Healthy' && !app.busy;
}
