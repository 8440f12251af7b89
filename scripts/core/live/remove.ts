// Taking an environment out of a cluster that stays: first what runs, the other way round from how it was installed, so that
// each program can still hand on what it holds; then everything else that the environment applied. Object storage is not
// touched. Each step may be done again at any time.
import type { RenderedApp } from '../render-apps.ts';
import type { Manifest } from '../types.ts';
import { applicationType } from './applications.ts';
import type { Step } from './install.ts';
import { listOf, type Kubectl } from './kubectl.ts';
import { demandCluster, unmarkCluster } from './mark.ts';
import { inSyncOrder, wavesOf } from './sync-order.ts';

/** Kinds with pods of their own. */
const running = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'StatefulSet'];
/** What stands in the way of the API server once the program behind it is gone. */
const intercepting = ['APIService', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
/** The namespaces that Kubernetes makes by itself: a component may live there, the namespace isn't ours. */
const everybodys = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

export interface RemoveOptions {
  environment: string;
  apps: readonly RenderedApp[];
  kubectl: Kubectl;
  /** Namespace of the Applications. */
  namespace: string;
  /** How long the programs of one app may take to end, in seconds. */
  grace: number;
  /** What comes before the programs of an app end, while those who write to it have ended; see `uploadSteps`. */
  before?(app: string): readonly Step[];
}

/** Lets every program end, and gives back what lies outside of the cluster. After this the cluster itself may go. */
export function endingSteps({ environment, apps, kubectl, grace, before = () => [] }: RemoveOptions): Step[] {
  const manifests = inSyncOrder(apps).map(({ manifest }) => manifest);
  const only = (test: (manifest: Manifest) => boolean): Manifest[] => manifests.filter(test);
  const remove = (what: readonly Manifest[], ...flags: string[]): Promise<void> => deleteAll(kubectl, what, flags);
  const ends = ['--cascade=foreground', `--timeout=${grace}s`];
  const isRunning = ({ kind }: Manifest): boolean => running.includes(kind);
  const argoCD = apps.find(({ app }) => app === 'argo-cd')?.manifests ?? [];
  const ground = apps.find(({ app }) => app === 'cluster')?.manifests ?? [];
  return [
    { name: `the cluster runs ${environment}`, run: () => demandCluster(kubectl, environment, 'ours') },
    // Else it would bring back what the next steps remove.
    { name: 'Argo CD ends', run: () => remove(argoCD.filter(isRunning), ...ends) },
    ...inRemovalOrder(apps)
      .map(({ app, manifests: ofApp }) => ({ app, programs: ofApp.filter(isRunning) }))
      .filter(({ app, programs }) => app !== 'argo-cd' && programs.length > 0)
      .flatMap(({ app, programs }): Step[] => [
        ...before(app),
        { name: `${app} ends`, run: () => remove(programs, ...ends) },
      ]),
    {
      name: 'load balancers and volumes',
      run: async () => {
        // Whoever made them outside of the cluster must be there to remove them, and the cluster may be gone next.
        await remove(only(isLoadBalancer), `--timeout=${grace}s`);
        for (const one of ownNamespaces(ground))
          await kubectl.run(['delete', 'persistentvolumeclaims', '--all', '--namespace', one, `--timeout=${grace}s`]);
      },
    },
  ];
}

/** Takes out of a cluster that stays what the environment applied. */
export function clearingSteps({ apps, kubectl, namespace }: RemoveOptions): Step[] {
  const only = (test: (manifest: Manifest) => boolean): Manifest[] =>
    inSyncOrder(apps)
      .map(({ manifest }) => manifest)
      .filter(test);
  const remove = (what: readonly Manifest[]): Promise<void> => deleteAll(kubectl, what, []);
  const ground = apps.find(({ app }) => app === 'cluster')?.manifests ?? [];
  const definitions = only(({ kind }) => kind === 'CustomResourceDefinition');
  const defined = new Set((definitions as unknown as Definition[]).map(({ spec }) => spec.group));
  const isCustom = ({ apiVersion }: Manifest): boolean => defined.has(apiVersion.split('/')[0]!);
  return [
    {
      name: 'webhooks and API services',
      run: () => remove(only(({ kind }) => intercepting.includes(kind))),
    },
    {
      name: 'custom resources',
      run: async () => {
        // Nobody is left who would do what a finalizer waits for.
        await releaseAll(kubectl, applicationType, namespace);
        await removeDefined(kubectl, definitions);
      },
    },
    {
      name: 'namespaces',
      run: async () => {
        const names = ownNamespaces(ground);
        if (names.length > 0)
          await kubectl.run(['delete', 'namespace', ...names, '--ignore-not-found', '--timeout=300s']);
      },
    },
    {
      name: 'definitions and cluster-wide objects',
      run: async () => {
        const others = only((one) => !isCustom(one) && !['Namespace', ...intercepting].includes(one.kind));
        await remove(others.filter(({ metadata }) => metadata.namespace === undefined));
        await remove(others.filter(({ metadata }) => everybodys.includes(metadata.namespace ?? '')));
        await unmarkCluster(kubectl);
      },
    },
  ];
}

/** Apps from the last wave to the first. */
function inRemovalOrder(apps: readonly RenderedApp[]): RenderedApp[] {
  const waves = wavesOf(apps);
  return [...apps].sort((a, b) => (waves.get(b.app) ?? 0) - (waves.get(a.app) ?? 0));
}

const isLoadBalancer = ({ kind, spec }: Manifest): boolean =>
  kind === 'Service' && (spec as { type?: string } | undefined)?.type === 'LoadBalancer';

function ownNamespaces(ground: readonly Manifest[]): string[] {
  const names = ground.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  return names.filter((name) => !everybodys.includes(name));
}

async function deleteAll(kubectl: Kubectl, manifests: readonly Manifest[], flags: readonly string[]): Promise<void> {
  if (manifests.length === 0) return;
  await kubectl.run(['delete', '--ignore-not-found', ...flags, '--filename', '-'], listOf(manifests));
}

interface Definition {
  spec: { group: string; names: { plural: string }; scope: string };
}

/** Deletes the objects of every kind that we defined, those in the namespaces and those of the cluster. */
async function removeDefined(kubectl: Kubectl, definitions: readonly Manifest[]): Promise<void> {
  for (const { spec } of definitions as unknown as Definition[]) {
    const type = `${spec.names.plural}.${spec.group}`;
    const objects = await kubectl.list(type, spec.scope === 'Namespaced' ? 'all' : undefined);
    if (objects.length === 0) continue;
    for (const { metadata } of objects) {
      if ((metadata.finalizers ?? []).length > 0) await release(kubectl, type, metadata.name, metadata.namespace);
    }
    const everywhere = spec.scope === 'Namespaced' ? ['--all-namespaces'] : [];
    await kubectl.run(['delete', type, '--all', ...everywhere, '--timeout=60s']);
  }
}

async function releaseAll(kubectl: Kubectl, type: string, namespace: string): Promise<void> {
  for (const { metadata } of await kubectl.list(type, { namespace }))
    await release(kubectl, type, metadata.name, namespace);
}

async function release(kubectl: Kubectl, type: string, name: string, namespace?: string): Promise<void> {
  const where = namespace === undefined ? [] : ['--namespace', namespace];
  await kubectl.run(['patch', type, name, ...where, '--type', 'merge', '--patch', '{"metadata":{"finalizers":null}}']);
}
