// Applications as Argo CD keeps them, and what can be asked of them.
import type { Api, LiveObject } from '../rig/api.ts';
import { waitUntil } from '../rig/api.ts';

export const apiVersion = 'argoproj.io/v1alpha1';
export const namespace = 'argocd';
/** The Application above all. */
export const rootName = 'applications';

export const applicationRef = (name: string) => ({ apiVersion, kind: 'Application', metadata: { name, namespace } });

/** What one Application came to. */
export interface AppState {
  name: string;
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
  reconciledAt: string;
  createdAt: string;
  startedAt: string;
  finishedAt: string;
}

export function stateOf({ metadata, spec, status = {}, ...rest }: LiveObject): AppState {
  const operation = status.operationState ?? {};
  return {
    name: metadata.name,
    wave: Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0),
    follows: spec.source.targetRevision,
    revision: status.sync?.revision ?? '',
    sync: status.sync?.status ?? 'Unknown',
    health: status.health?.status ?? 'Missing',
    phase: operation.phase ?? '',
    busy: 'operation' in rest || operation.phase === 'Running' || operation.phase === 'Terminating',
    message: operation.message ?? '',
    conditions: status.conditions ?? [],
    reconciledAt: status.reconciledAt ?? '',
    createdAt: metadata.creationTimestamp,
    startedAt: operation.startedAt ?? '',
    finishedAt: operation.finishedAt ?? '',
  };
}

/** All Applications of one moment, in the order of their waves. */
export async function readApplications(api: Api): Promise<AppState[]> {
  const states = (await api.list(apiVersion, 'Application', { namespace })).map(stateOf);
  return states.sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1));
}

/** Is it Synced and Healthy at this commit, with nothing under way? */
export function isSettled(app: AppState, commit: string): boolean {
  const follows = app.name === rootName || app.follows === commit;
  return follows && app.revision === commit && app.sync === 'Synced' && app.health === 'Healthy' && !app.busy;
}

/** One line for each, for people. */
export function describe(apps: readonly AppState[]): string {
  return apps
    .map(({ name, sync, health, phase, revision, message, conditions }) => {
      const said = [message, ...conditions.map((one) => `${one.type}: ${one.message}`)].filter((text) => text !== '');
      return `${name}: ${sync}, ${health}, ${phase === '' ? 'never synced' : phase} at ${revision.slice(0, 7)}${said.map((text) => `\n    ${text.slice(0, 1000)}`).join('')}`;
    })
    .join('\n');
}

/** Asks Argo CD to look at an Application now; `hard` forgets what was rendered before. It takes the annotation away. */
export async function refresh(api: Api, name: string, kind: 'normal' | 'hard' = 'normal'): Promise<void> {
  await api.patch(applicationRef(name), { metadata: { annotations: { 'argocd.argoproj.io/refresh': kind } } });
}

export interface SettleOptions {
  /** Names of all Applications that there must be, no more and no less, the root among them. */
  names: readonly string[];
  commit: string;
  /** Default: 300. */
  seconds?: number;
  /** Called with every look at the Applications. */
  onLook?: (apps: AppState[]) => void;
}

/** Waits until every Application is settled, and returns them. */
export async function waitUntilSettled(
  api: Api,
  { names, commit, seconds = 300, onLook }: SettleOptions,
): Promise<AppState[]> {
  let apps: AppState[] = [];
  const wanted = [...names].sort().join(' ');
  await waitUntil(
    async () => {
      apps = await readApplications(api);
      onLook?.(apps);
      return (
        apps
          .map(({ name }) => name)
          .sort()
          .join(' ') === wanted && apps.every((app) => isSettled(app, commit))
      );
    },
    {
      seconds,
      what: `the Applications ${wanted} are Synced and Healthy at ${commit.slice(0, 7)}`,
      state: () => describe(apps),
    },
  );
  return apps;
}
