// What must be in a cluster before Argo CD takes over: the app `cluster`, the Secrets, and Argo CD itself with the root
// Application. Each step may be done again at any time.
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.ts';
import type { RenderedApp } from '../render-apps.ts';
import type { Manifest } from '../types.ts';
import { fieldManager } from './applications.ts';
import type { Kubectl } from './kubectl.ts';
import type { LiveObject } from './live-object.ts';
import { demandCluster, markCluster } from './mark.ts';
import { inSyncOrder, wavesOf } from './sync-order.ts';
import { tracked } from './tracking.ts';

/** Something to be done, and how it is called while it is. */
export interface Step {
  name: string;
  run(): Promise<void>;
}

const isDefinition = ({ kind }: Manifest): boolean => kind === 'CustomResourceDefinition';

/**
 * The steps of a first installation. `betweenNamespacesAndArgoCD`: what must be
 * there before anything starts, such as Secrets.
 */
export function installationSteps(
  environment: string,
  apps: readonly RenderedApp[],
  kubectl: Kubectl,
  betweenNamespacesAndArgoCD: readonly Step[] = [],
): Step[] {
  const all = inSyncOrder(apps);
  const destinations = destinationsOf(all.map(({ manifest }) => manifest));
  const manifestsOf = (name: string): Manifest[] =>
    all.filter(({ app }) => app === name).map(({ manifest }) => tracked(name, destinations.get(name) ?? '', manifest));
  const ground = manifestsOf('cluster');
  const waves = wavesOf(apps);
  // What Argo CD can't do without, such as the Git server that it reads from, it can't install either.
  const before = [...waves.keys()].filter((app) => app !== 'cluster' && waves.get(app)! < waves.get('argo-cd')!);
  const definitions = ground.filter(isDefinition);
  return [
    {
      name: `the cluster runs ${environment} or nothing yet`,
      run: async () => {
        await demandCluster(kubectl, environment, 'ours or new');
        await markCluster(kubectl, environment);
      },
    },
    {
      name: 'definitions',
      run: async () => {
        await kubectl.apply(definitions, fieldManager);
        await established(kubectl, definitions);
      },
    },
    {
      name: 'namespaces and projects',
      run: () =>
        kubectl.apply(
          ground.filter((manifest) => !isDefinition(manifest)),
          fieldManager,
        ),
    },
    ...betweenNamespacesAndArgoCD,
    ...before.map((app): Step => ({ name: app, run: () => kubectl.apply(manifestsOf(app), fieldManager) })),
    { name: 'Argo CD and the root Application', run: () => kubectl.apply(manifestsOf('argo-cd'), fieldManager) },
  ];
}

/** Waits until the server serves every definition. `kubectl wait` fails on one that has no status yet. */
async function established(kubectl: Kubectl, definitions: readonly Manifest[], seconds = 60): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const live = await kubectl.list('customresourcedefinitions');
    const ready = new Set(live.filter(isEstablished).map(({ metadata }) => metadata.name));
    const missing = definitions.map(({ metadata }) => metadata.name).filter((name) => !ready.has(name));
    if (missing.length === 0) return;
    if (performance.now() > deadline) throw new UsageError(`after ${seconds} s not established: ${missing.join(', ')}`);
    await sleep(500);
  }
}

function isEstablished({ status }: LiveObject): boolean {
  const conditions: { type: string; status: string }[] = status?.conditions ?? [];
  return conditions.some(({ type, status: is }) => type === 'Established' && is === 'True');
}

/** Where the objects of each app go, by its Application. */
function destinationsOf(manifests: readonly Manifest[]): Map<string, string> {
  const applications = manifests.filter(({ kind }) => kind === 'Application');
  return new Map(
    applications.map(({ metadata, spec }) => {
      const { destination } = (spec ?? {}) as { destination?: { namespace?: string } };
      return [metadata.name, destination?.namespace ?? ''];
    }),
  );
}
