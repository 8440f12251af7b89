// From Argo CD's first look until every Application is Synced and Healthy, or it is plain that one never will be.
import { setTimeout as sleep } from 'node:timers/promises';
import { applicationType, isSettled, rootName, statesOf, type AppState } from './applications.ts';
import { KubectlError, type Kubectl } from './kubectl.ts';
import { tellingTypes, troublesOf, troublesOfApp, type Trouble } from './troubles.ts';

/** All that is known of the apps at one moment. */
export interface Look {
  apps: AppState[];
  /** Names of the apps that there are to be, the root's among them. */
  wanted: readonly string[];
  settled: string[];
  /** The first app, by wave, that isn't settled. What comes after it waits for it. */
  blocking: string | undefined;
  troubles: Trouble[];
}

export interface ConvergenceOptions {
  /** Namespace of the Applications. */
  namespace: string;
  wanted: readonly string[];
  /** How long at most. */
  seconds: number;
  /** How long the same lasting trouble may stand before it counts as the end. */
  patience: number;
  onLook(look: Look): void;
  /** Seconds between two looks. Default: 2. */
  interval?: number;
}

export type Convergence = { settled: true; look: Look } | { settled: false; why: string; look: Look };

/** Asks Argo CD to look at Git now, then looks until all is well, or the same lasting trouble stands for `patience`. */
export async function converge(kubectl: Kubectl, options: ConvergenceOptions): Promise<Convergence> {
  const { namespace, wanted, interval = 2 } = options;
  const args = ['annotate', applicationType, rootName, '--namespace', namespace, '--overwrite'];
  await kubectl.run([...args, 'argocd.argoproj.io/refresh=normal']);
  const start = performance.now();
  const deadline = start + options.seconds * 1000;
  let since: { said: string; at: number } | undefined;
  for (;;) {
    const look = await lookAt(kubectl, namespace, wanted).catch((error: unknown) => {
      if (!isPassing(error) || performance.now() > deadline) throw error;
      return undefined;
    });
    if (look === undefined) {
      await sleep(interval * 1000);
      continue;
    }
    options.onLook(look);
    if (look.settled.length === wanted.length) return { settled: true, look };
    const lasting = look.troubles.find((trouble) => trouble.lasting);
    const now = performance.now();
    if (lasting === undefined) since = undefined;
    else if (since?.said !== lasting.where) since = { said: lasting.where, at: now };
    if (since !== undefined && now - since.at > options.patience * 1000)
      return { settled: false, why: `for ${options.patience} s nothing has changed this`, look };
    if (now > deadline) return { settled: false, why: `not done after ${options.seconds} s`, look };
    await sleep(interval * 1000);
  }
}

/** One look at all Applications, and at what is in the way of the first that isn't settled. */
export async function lookAt(kubectl: Kubectl, namespace: string, wanted: readonly string[]): Promise<Look> {
  const live = await kubectl.list(applicationType, { namespace });
  const apps = statesOf(live);
  const root = apps.find(({ name }) => name === rootName);
  const underRefresh = live.some(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/refresh'] !== undefined);
  const commit = underRefresh ? '' : (root?.revision ?? '');
  const settled = apps.filter((app) => commit !== '' && wanted.includes(app.name) && isSettled(app, commit));
  const names = settled.map(({ name }) => name);
  const waiting = apps.filter(({ name }) => wanted.includes(name) && !names.includes(name));
  // The root waits for all of them: it is to blame only where it is the last.
  const first = waiting.find(({ name }) => name !== rootName) ?? waiting[0];
  const troubles = first === undefined ? [] : await troublesAbout(kubectl, first, root);
  return { apps, wanted, settled: names, blocking: first?.name, troubles };
}

async function troublesAbout(kubectl: Kubectl, app: AppState, root: AppState | undefined): Promise<Trouble[]> {
  const own = [...troublesOfApp(app), ...(root === undefined || root === app ? [] : troublesOfApp(root))];
  // One call for all: each is a process, on a machine that is busy enough. It has no answer where a definition is missing.
  const { everywhere, defined } = tellingTypes;
  const place = { namespace: app.namespace };
  const all = await kubectl.list([...everywhere, ...defined].join(','), place);
  const objects = all.length > 0 ? all : await kubectl.list(everywhere.join(','), place);
  return [...troublesOf(objects), ...own];
}

/** Is the API server only gone for a moment, as it is while a small node is busy? */
function isPassing(error: unknown): boolean {
  return (
    error instanceof KubectlError &&
    /connection refused|timeout|EOF|TLS handshake|ServiceUnavailable/i.test(error.message)
  );
}
