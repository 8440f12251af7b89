// The rig with Argo CD in it, installed as lib/argo-cd/README.md says, before its first sync.
import { discoverEnvironments, selectEnvironments } from '../../../scripts/core/discover.ts';
import { renderApps, type RenderedApp } from '../../../scripts/core/render-apps.ts';
import { openRepository } from '../../../scripts/core/root.ts';
import type { Manifest } from '../../../scripts/core/types.ts';
import { readContext } from '../context.ts';
import type { WorkloadName } from '../programs/workload.ts';
import { report } from '../report.ts';
import { install, refusals } from '../rig/install.ts';
import { startLoadBalancers } from '../rig/load-balancers.ts';
import { inSyncOrder } from '../../../scripts/core/live/sync-order.ts';
import { repositoryRoot } from '../rig/rendered.ts';
import { startRig, type Forwarded, type Rig } from '../rig/rig.ts';
import { noteStandIn, type StandIn } from '../stand-ins.ts';
import { keepRunning, type KeptRunning, type Runner } from './keep-running.ts';
import { makeRedisPassword, programs } from './programs.ts';
import { serveRepository, type GitRepository } from './repository.ts';

/** Folder of the environments that the rig's repository is read for. */
export const environmentsFolder = 'test/e2e/environments';

export interface Installation {
  environment: string;
  rig: Rig;
  repository: GitRepository;
  /** Names of all Applications: those of the apps, the root's among them. */
  names: string[];
  pods: KeptRunning;
}

const standInsOfAll: readonly StandIn[] = [
  'Git server',
  "Argo CD's images",
  'password of Redis',
  'metrics API',
  "Linkerd's proxies",
  'checks of Linkerd',
];
/** The environment `kind` has neither public issuers nor external-dns. */
const standInsOfOthers: readonly StandIn[] = ['public issuers', 'external-dns'];

/** The rig's version of an environment, rendered from this checkout or from a clone. */
export async function renderRigEnvironment(name: string, root = repositoryRoot): Promise<RenderedApp[]> {
  const all = discoverEnvironments({ ...openRepository(root), environments: environmentsFolder });
  const [environment] = selectEnvironments(all, [name]);
  const { apps, diagnostics } = await renderApps(environment!, { limits: { seconds: 300, mebibytes: 4096 } });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return apps;
}

export interface RigExtras {
  /** Pods that run beside those that Argo CD needs. */
  more?: Readonly<Record<WorkloadName, Runner>>;
  /** Those of them that have their grace period to end in. */
  inTheirGrace?: readonly WorkloadName[];
  forwarded?: readonly Forwarded[];
}

/** A rig that waits for Argo CD: its repository is served, and its pods would run. */
export async function prepareRig({ more = {}, inTheirGrace = [], forwarded = [] }: RigExtras = {}): Promise<
  Omit<Installation, 'names'>
> {
  const { environment } = readContext();
  const all = { ...programs, ...more };
  const rig = await startRig({ real: Object.keys(all), ownEnd: inTheirGrace, forwarded });
  const repository = await serveRepository(rig, repositoryRoot);
  startLoadBalancers(rig.api);
  for (const name of [...standInsOfAll, ...(environment === 'kind' ? [] : standInsOfOthers)]) noteStandIn(name);
  return { environment, rig, repository, pods: keepRunning(rig, all, inTheirGrace) };
}

/** Starts a rig, serves the repository, and does what a person does by hand at the first installation. */
export async function installArgoCD(): Promise<Installation> {
  const apps = await report.timed('render', () => renderRigEnvironment(readContext().environment));
  const prepared = await prepareRig();
  await report.timed('first installation of Argo CD', () => firstInstallation(prepared.rig, apps));
  return { ...prepared, names: apps.map(({ app }) => app) };
}

/** The lines of the README: what `kubectl apply --server-side --force-conflicts --field-manager=argocd-controller` does. */
export async function firstInstallation(rig: Rig, apps: readonly RenderedApp[]): Promise<void> {
  const steps = inSyncOrder(apps).filter(({ app }) => app === 'cluster' || app === 'argo-cd');
  const refused = refusals(await install(rig.api, steps, { fieldManager: 'argocd-controller', force: true }));
  if (refused.length > 0) throw new Error(`the first installation is refused:\n${refused.join('\n')}`);
  const account = steps.find(({ manifest }) => isRedisAccount(manifest))!.manifest;
  await makeRedisPassword(rig, account.metadata.name);
}

function isRedisAccount({ kind, metadata }: Manifest): boolean {
  return kind === 'ServiceAccount' && metadata.name.startsWith('argocd-redis');
}
