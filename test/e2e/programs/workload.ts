// The pods of a workload that a proof runs: found by their name label, launched, and watched for refused calls.
import { readFileSync } from 'node:fs';
import { waitUntil } from '../rig/api.ts';
import type { Rig } from '../rig/rig.ts';
import { completePod, launchPod, type LaunchOptions, type RunningPod } from './launch.ts';
import type { Pod } from './pod.ts';

/** `<namespace>/<label app.kubernetes.io/name>`, as `RigOptions.real` takes it. */
export type WorkloadName = `${string}/${string}`;

/** The pods of a workload that have a node, once there are as many as asked for. */
export async function podsOf(rig: Rig, workload: WorkloadName, count = 1): Promise<Pod[]> {
  const [namespace, name] = workload.split('/') as [string, string];
  let pods: Pod[] = [];
  await waitUntil(
    async () => {
      const found = await rig.api.list('v1', 'Pod', { namespace, labelSelector: `app.kubernetes.io/name=${name}` });
      pods = found.filter(
        ({ metadata, spec }) => metadata.deletionTimestamp === undefined && spec.nodeName !== undefined,
      ) as unknown as Pod[];
      return pods.length >= count;
    },
    { seconds: 60, what: `${count} pod(s) of ${workload} with a node` },
  );
  return pods.slice(0, count);
}

/** Runs pods of a workload one after the other, as a StatefulSet would. */
export async function launch(
  rig: Rig,
  workload: WorkloadName,
  { count = 1, ...options }: LaunchOptions & { count?: number } = {},
): Promise<RunningPod[]> {
  const running: RunningPod[] = [];
  for (const pod of await podsOf(rig, workload, count)) running.push(await launchPod(rig, pod, options));
  return running;
}

/** Runs the pod of a Job to its end. */
export async function complete(rig: Rig, workload: WorkloadName, options?: { seconds?: number }): Promise<void> {
  const [pod] = await podsOf(rig, workload);
  await completePod(rig, pod!, options);
}

// Calls that upstream's programs make without the right to them, in every installation, and that cost them nothing.
const tolerated = [
  {
    user: 'system:serviceaccount:cert-manager:cert-manager',
    call: 'head /livez/ping',
    // pkg/controller/context.go, isAPFEnabled: it looks only for a header that a refusal has, too.
    reason: 'cert-manager asks whether the server limits requests by itself',
  },
];

/** Calls that were refused for want of a right: what the API server says and what the programs' logs say. */
export function refusedCalls(rig: Rig, pods: readonly RunningPod[]): string[] {
  const asPods = rig
    .forbidden()
    .filter(({ user }) => /^system:serviceaccount:(?!kube-system:)/.test(user))
    // Admission says no with the same status, but not for want of a right.
    .filter(({ message }) => /\bUser "/.test(message))
    .filter(({ user, verb, uri }) => !tolerated.some((known) => known.user === user && known.call === `${verb} ${uri}`))
    .map(({ user, verb, uri, message }) => `${user} may not ${verb} ${uri}: ${message}`);
  const logged = pods.flatMap(({ containers }) =>
    containers.flatMap(({ log }) =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => /is forbidden: User/.test(line))
        .map((line) => `${log}: ${line.slice(0, 500)}`),
    ),
  );
  return [...asPods, ...logged];
}
