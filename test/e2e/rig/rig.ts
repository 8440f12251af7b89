// A control plane for one proof, in the namespaces that this process is the first of.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoverEnvironments, selectEnvironments } from '../../../scripts/core/discover.ts';
import { openRepository } from '../../../scripts/core/root.ts';
import { readContext } from '../context.ts';
import { report } from '../report.ts';
import { noteStandIn } from '../stand-ins.ts';
import { Api } from './api.ts';
import { forbiddenCalls, type ForbiddenCall } from './audit.ts';
import { controlPlane, etcdFolder, type ControlPlaneProcess } from './control-plane.ts';
import { publishNameServer, resolvConf, startNameServer, type NameServer } from './dns.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { toolsOf } from './kubernetes-minor.ts';
import { makeMaterials } from './materials.ts';
import { addPodNetwork, setUpNetwork, type PodNetwork } from './network.ts';
import { nodeGroups, nodesOf } from './nodes.ts';
import { startProcess, type ProcessSpec, type RunningProcess } from './process.ts';
import { repositoryRoot } from './rendered.ts';
import { run } from './run.ts';
import { builtBinary } from './tools.ts';
import { addStorageClass, onNode, provisionVolumes, volumesFolder } from './volumes.ts';

export interface RigOptions {
  /**
   * `server`: etcd and the API server, enough for admission. `cluster`: controllers, scheduler, nodes, Services and names
   * as well. Default: cluster.
   */
  size?: 'server' | 'cluster';
  /**
   * Pods that the proof runs itself, as `<namespace>/<label app.kubernetes.io/name>`: kwok does not touch them, so their
   * status is the proof's to write.
   */
  real?: readonly string[];
  /** Those of `real` that the proof ends itself, in their grace period; others are gone the moment they are deleted. */
  ownEnd?: readonly string[];
  /** What `kubectl port-forward` leads to. */
  forwarded?: readonly Forwarded[];
}

/** A port of a Service, which answers for each pod of its namespace on that port. */
export interface Forwarded {
  namespace: string;
  service: string;
  port: number;
}

export interface Account {
  namespace: string;
  serviceAccount: string;
}

export interface Rig {
  /** Logs, and data that goes with the rig. */
  folder: string;
  /** As system:masters. */
  api: Api;
  /** Path of a kubeconfig for system:masters. */
  kubeconfig: string;
  /** Path of a kubeconfig with a token of a ServiceAccount, its namespace as the default one. */
  kubeconfigFor(account: Account): Promise<string>;
  /** Path of a built binary. */
  binary(name: string): string;
  /** Starts a program that ends with the rig; its log is `<folder>/<name>.log`. */
  start(spec: ProcessSpec): Promise<RunningProcess>;
  /** A network namespace of its own for a pod. */
  addPodNetwork(address?: string): Promise<PodNetwork>;
  /** Names that the cluster's name server knows; it is there in a rig of size `cluster`. */
  names: NameServer;
  /** Every call so far that the API server refused for want of a right. */
  forbidden(): ForbiddenCall[];
  /** The running processes, by name. */
  processes: ReadonlyMap<string, RunningProcess>;
  /**
   * Its control plane dies at once with all that it knew and with every volume, and an empty one starts at the same address.
   * Programs of pods are not its business.
   */
  loseEverything(): Promise<void>;
}

/** Starts a rig for the environment of this process. It ends with the process. Call it once. */
export async function startRig({
  size = 'cluster',
  real = [],
  ownEnd = [],
  forwarded = [],
}: RigOptions = {}): Promise<Rig> {
  const { environment: name, folder, kubernetes } = readContext();
  const tools = toolsOf(kubernetes);
  const binary = (program: string): string => builtBinary(program, tools);
  mkdirSync(folder, { recursive: true });
  const [environment] = selectEnvironments(discoverEnvironments(openRepository(repositoryRoot)), [name]);
  const nodes = nodesOf(await nodeGroups(environment!));
  await setUpNetwork(nodes.length);
  const materials = await makeMaterials(folder);
  const auditLog = join(folder, 'audit.log');
  const specs = controlPlane({ materials, binary, auditLog, real, ownEnd, forwarded });
  const api = new Api(materials.access('admin'));
  const processes = new Map<string, RunningProcess>();
  const start = async (spec: ProcessSpec): Promise<RunningProcess> => {
    const running = await startProcess(spec, folder);
    processes.set(spec.name, running);
    return running;
  };
  const startAll = (...names: ControlPlaneProcess[]) => Promise.all(names.map((one) => start(specs[one]())));
  process.on('exit', () => {
    for (const running of processes.values())
      if (running.ended() === undefined) report.memory(running.name, running.memory());
  });

  const isCluster = size === 'cluster';
  const controllers = ['kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'kwok'] as const;
  const startControlPlane = async (): Promise<void> => {
    await startAll('etcd');
    await startAll('kube-apiserver');
    if (!isCluster) return;
    for (const node of nodes) await api.create(node);
    await startAll(...controllers);
    await publishNameServer(api);
    await addStorageClass(api);
  };
  await report.timed('control plane start', startControlPlane);
  let names: NameServer = { add: () => undefined, forward: () => undefined };
  if (isCluster) {
    noteStandIn('nodes and containers');
    noteStandIn('name server');
    names = await startNameServer(api);
    await useNameServer(folder);
    noteStandIn('volumes');
    void provisionVolumes(api);
  }
  return {
    folder,
    api,
    kubeconfig: materials.kubeconfig('admin'),
    async kubeconfigFor(account) {
      const token = await api.tokenFor(account);
      const path = join(materials.folder, `${account.namespace}-${account.serviceAccount}.kubeconfig`);
      return writeKubeconfig(path, { ...api.access, token }, account.namespace);
    },
    binary,
    start,
    addPodNetwork,
    names,
    forbidden: () => forbiddenCalls(auditLog),
    processes,
    async loseEverything() {
      const all = [...controllers, 'kube-apiserver', 'etcd'].map((program) => processes.get(program));
      await Promise.all(all.map((one) => one?.stop('SIGKILL')));
      rmSync(etcdFolder(materials), { recursive: true });
      rmSync(onNode(folder, volumesFolder), { recursive: true, force: true });
      await startControlPlane();
    },
  };
}

/** Programs in this mount namespace ask the cluster's name server, whatever the machine itself asks. */
async function useNameServer(folder: string): Promise<void> {
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, resolvConf('default'));
  await run('mount', ['--bind', file, '/etc/resolv.conf']);
}
