// What the kubelet reports of a pod: as much as controllers act on.
import type { Container, Pod } from './pod.ts';

const now = (): string => new Date().toISOString();

function conditions(ready: boolean): object[] {
  return ['PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
    type,
    status: ready || type === 'Initialized' ? 'True' : 'False',
    lastTransitionTime: now(),
  }));
}

function containerStatus({ name, image }: Container, state: object, ready: boolean): object {
  return { name, image, imageID: '', ready, started: ready, restartCount: 0, state };
}

function status(pod: Pod, phase: string, ready: boolean, state: object): object {
  const { podIP, hostIP } = pod.status;
  return {
    phase,
    podIP,
    podIPs: [{ ip: podIP }],
    ...(hostIP !== undefined && { hostIP }),
    startTime: now(),
    conditions: conditions(ready),
    containerStatuses: pod.spec.containers.map((container) => containerStatus(container, state, ready)),
  };
}

/** It has an address, and its containers are being started: names of pods that are not ready lead to it already. */
export function startingStatus(pod: Pod): object {
  return status(pod, 'Pending', false, { waiting: { reason: 'PodInitializing' } });
}

/** Every container runs and is ready. */
export function runningStatus(pod: Pod): object {
  return status(pod, 'Running', true, { running: { startedAt: now() } });
}

/** Every container ended well. */
export function succeededStatus(pod: Pod): object {
  return status(pod, 'Succeeded', false, { terminated: { exitCode: 0, reason: 'Completed', finishedAt: now() } });
}

/** It could not be run. */
export function failedStatus(pod: Pod, message: string): object {
  return {
    ...status(pod, 'Failed', false, { terminated: { exitCode: 1, reason: 'Error', finishedAt: now() } }),
    message,
  };
}
