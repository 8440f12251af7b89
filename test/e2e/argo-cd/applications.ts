// Applications as Argo CD keeps them, and what can be asked of them.
import { isSettled, rootName, statesOf, type AppState } from '../../../scripts/core/live/applications.ts';
import type { Api } from '../rig/api.ts';
import { waitUntil } from '../rig/api.ts';

export const apiVersion = 'argoproj.io/v1alpha1';
export const namespace = 'argocd';
export { isSettled, rootName, type AppState };

export const applicationRef = (name: string) => ({ apiVersion, kind: 'Application', metadata: { name, namespace } });

/** All Applications of one moment, in the order of their waves. */
export async function readApplications(api: Api): Promise<AppState[]> {
  return statesOf(await api.list(apiVersion, 'Application', { namespace }));
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
