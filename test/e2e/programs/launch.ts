// A pod, run as its template says, by a kubelet of a few lines: it takes a Pod that the scheduler gave a node, starts its
// containers by runc, calls its probes, and tells the API server what came of it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../report.ts';
import type { Api } from '../rig/api.ts';
import { cgroupOf } from '../rig/cgroup.ts';
import type { Rig } from '../rig/rig.ts';
import { imageFiles, podFiles } from './base-files.ts';
import { runToEnd, startContainer, type ContainerPlace, type RunningContainer } from './container.ts';
import { imageOf, isPresent } from './images.ts';
import { podName, type Container, type Pod } from './pod.ts';
import { callHandler } from './probes.ts';
import { failedStatus, runningStatus, startingStatus, succeededStatus } from './status.ts';
import { probesOf, waitForProbe, waitForProbes } from './wait-for-probes.ts';
import { variablesOf, type Lookup } from './variables.ts';
import { makeVolumes, refreshVolumes } from './volumes.ts';
import type { ContainerPlan } from './runtime-config.ts';

export interface RunningPod {
  pod: Pod;
  /** Sidecars first. */
  containers: readonly RunningContainer[];
  /** Which probes answered, such as `webhook readiness`. */
  probes: readonly string[];
  /** Calls every probe once more, startup probes excepted. Throws the first that fails. */
  probe(): Promise<void>;
  /** Brings mounted ConfigMaps, Secrets and tokens up to date. */
  refresh(): Promise<void>;
  /** Ends it as the kubelet does: preStop handlers, SIGTERM, and SIGKILL after the grace period. */
  stop(graceSeconds?: number): Promise<void>;
  /** Ends it as a node that dies does: at once, without a word. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  /** How long its probes may take to answer. Default: 120, for a machine that is busy. */
  readySeconds?: number;
}

/** Runs a pod and waits until its probes answer; its status is then Running and Ready. */
export async function launchPod(
  rig: Rig,
  accepted: Pod,
  { readySeconds = 120 }: LaunchOptions = {},
): Promise<RunningPod> {
  const prepared = await prepare(rig, accepted);
  const { pod } = prepared;
  const containers: RunningContainer[] = [];
  try {
    for (const container of (pod.spec.initContainers ?? []).filter(isPresent)) {
      if (container.restartPolicy === 'Always')
        containers.push(await startWithStartupProbe(prepared, container, readySeconds));
      else await runToEnd(await prepared.plan(container), prepared.place(container), readySeconds);
    }
    for (const container of pod.spec.containers.filter(isPresent))
      containers.push(await startContainer(await prepared.plan(container), prepared.place(container)));
    const probes = await waitForProbes(pod, containers, readySeconds);
    await rig.api.patch(reference(pod), { status: runningStatus(pod) }, { subresource: 'status' });
    return { pod, containers, probes, ...operations(rig.api, prepared, containers) };
  } catch (error) {
    await rig.api.patch(reference(pod), { status: failedStatus(pod, String(error)) }, { subresource: 'status' });
    throw error;
  }
}

/** Runs the pod of a Job to its end; its status is then Succeeded. Throws, with its last words, when it fails. */
export async function completePod(
  rig: Rig,
  accepted: Pod,
  { seconds = 120 }: { seconds?: number } = {},
): Promise<void> {
  const prepared = await prepare(rig, accepted);
  const { pod } = prepared;
  for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers].filter(isPresent)) {
    await runToEnd(await prepared.plan(container), prepared.place(container), seconds);
  }
  await rig.api.patch(reference(pod), { status: succeededStatus(pod) }, { subresource: 'status' });
}

interface Prepared {
  pod: Pod;
  volumes: ReadonlyMap<string, string>;
  plan(container: Container): Promise<Omit<ContainerPlan, 'rootfs'>>;
  place(container: Container): ContainerPlace;
}

async function prepare(rig: Rig, accepted: Pod): Promise<Prepared> {
  if (accepted.spec.hostNetwork === true)
    throw new Error(`${podName(accepted)} uses the host's network, which the launcher doesn't do yet`);
  const { namespace, name } = accepted.metadata;
  const folder = join(rig.folder, 'pods', `${namespace}-${name}`);
  mkdirSync(folder, { recursive: true });
  const network = await rig.addPodNetwork();
  const pod: Pod = { ...accepted, status: { ...accepted.status, podIP: network.address } };
  await rig.api.patch(reference(pod), { status: startingStatus(pod) }, { subresource: 'status' });
  const volumes = await makeVolumes(pod, join(folder, 'volumes'), rig);
  const files = podFiles(pod, join(folder, 'files'));
  const service = await rig.api.get({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default' },
  });
  const lookup = lookupIn(rig.api);
  const place = (container: Container): ContainerPlace => ({
    name: `${namespace}-${name}-${container.name}`,
    folder: join(folder, container.name),
    logs: rig.folder,
  });
  return {
    pod,
    volumes,
    place,
    async plan(container) {
      return {
        pod,
        container,
        variables: new Map([...apiServerVariables(service.spec), ...(await variablesOf(pod, container, lookup))]),
        volumes,
        files: new Map([...files, ...imageFiles(imageOf(container.image), rig)]),
        network: network.path,
        cgroup: `${cgroupOf(rig.folder)}/${place(container).name}`,
      };
    },
  };
}

/** What the kubelet tells every container of the API server. */
function apiServerVariables({
  clusterIP,
  ports,
}: {
  clusterIP: string;
  ports: { port: number }[];
}): [string, string][] {
  return [
    ['KUBERNETES_SERVICE_HOST', clusterIP],
    ['KUBERNETES_SERVICE_PORT', `${ports[0]!.port}`],
    ['KUBERNETES_SERVICE_PORT_HTTPS', `${ports[0]!.port}`],
  ];
}

function lookupIn(api: Api): Lookup {
  const find = async (
    kind: string,
    { namespace, name, key }: { namespace: string; name: string; key: string },
  ): Promise<string | undefined> =>
    (
      (await api.find({ apiVersion: 'v1', kind, metadata: { name, namespace } }))?.data as
        Record<string, string> | undefined
    )?.[key];
  return {
    configMap: (ref) => find('ConfigMap', ref),
    async secret(ref) {
      const value = await find('Secret', ref);
      return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
    },
  };
}

async function startWithStartupProbe(
  prepared: Prepared,
  container: Container,
  seconds: number,
): Promise<RunningContainer> {
  const running = await startContainer(await prepared.plan(container), prepared.place(container));
  if (container.startupProbe !== undefined)
    await waitForProbe(prepared.pod, running, 'startup', container.startupProbe, seconds);
  return running;
}

function operations(
  api: Api,
  { pod, volumes }: Prepared,
  containers: readonly RunningContainer[],
): Pick<RunningPod, 'probe' | 'refresh' | 'stop' | 'kill'> {
  const reportMemory = (): void => {
    for (const running of containers) {
      const name = `${pod.metadata.labels?.['app.kubernetes.io/name'] ?? pod.metadata.name}: ${running.container.name}`;
      if (running.memory() > 0) report.memory(name, running.memory());
    }
  };
  onExit(reportMemory);
  return {
    async probe() {
      for (const running of containers) {
        for (const [, probe] of probesOf(running.container, ['readiness', 'liveness'])) {
          await callHandler(pod, running.container, probe, running.exec);
        }
      }
    },
    refresh: () => refreshVolumes(pod, volumes, api),
    async stop(graceSeconds = pod.spec.terminationGracePeriodSeconds ?? 30) {
      reportMemory();
      for (const running of containers) {
        const handler = running.container.lifecycle?.preStop;
        if (handler !== undefined)
          await callHandler(pod, running.container, { ...handler, timeoutSeconds: graceSeconds }, running.exec);
      }
      for (const running of containers.toReversed()) await running.stop(graceSeconds);
    },
    async kill() {
      reportMemory();
      for (const running of containers) await running.kill();
    },
  };
}

// One listener for all pods: Node takes more than ten for a leak.
const atExit: (() => void)[] = [];

function onExit(action: () => void): void {
  if (atExit.length === 0) process.on('exit', () => atExit.forEach((one) => one()));
  atExit.push(action);
}

function reference({ metadata: { name, namespace } }: Pod) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } };
}
