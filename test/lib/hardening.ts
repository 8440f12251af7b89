// What a pod template has less of than a hardened pod: Pod Security "restricted" (Kubernetes 1.34 and later, the checks of
// k8s.io/pod-security-admission), and what this project asks beyond it.

interface Container {
  name: string;
  image: string;
  restartPolicy?: string;
  securityContext?: Record<string, any>;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  ports?: { hostPort?: number }[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  lifecycle?: Record<string, Probe>;
  volumeMounts?: { name: string; mountPath: string }[];
}

interface Probe {
  httpGet?: { host?: string };
  tcpSocket?: { host?: string };
}

export interface PodSpec {
  [field: string]: any;
  containers: Container[];
  initContainers?: Container[];
  volumes?: Record<string, any>[];
  securityContext?: Record<string, any>;
}

const restrictedVolumes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
  'image',
]);

const containerGaps = (container: Container, pod: PodSpec, isLongRunning: boolean): string[] => {
  const context = container.securityContext ?? {};
  const podContext = pod.securityContext ?? {};
  const effective = (field: string): unknown => context[field] ?? podContext[field];
  const probes = [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
    ...Object.values(container.lifecycle ?? {}),
  ];
  const { requests = {}, limits = {} } = container.resources ?? {};
  const gaps: [string, boolean][] = [
    ['may gain privileges', context['allowPrivilegeEscalation'] !== false],
    ['is privileged', context['privileged'] === true],
    ['keeps capabilities', !(context['capabilities']?.drop ?? []).includes('ALL')],
    ['adds capabilities', (context['capabilities']?.add ?? []).some((c: string) => c !== 'NET_BIND_SERVICE')],
    ['may run as root', effective('runAsNonRoot') !== true || effective('runAsUser') === 0],
    ['lacks a seccomp profile', !['RuntimeDefault', 'Localhost'].includes((effective('seccompProfile') as any)?.type)],
    ['writes to its root file system', context['readOnlyRootFilesystem'] !== true],
    ['binds a host port', (container.ports ?? []).some((port) => (port.hostPort ?? 0) !== 0)],
    ['probes another host', probes.some((probe) => (probe?.httpGet?.host ?? probe?.tcpSocket?.host ?? '') !== '')],
    ['requests no CPU', requests['cpu'] === undefined],
    ['requests no memory', requests['memory'] === undefined],
    ['has no memory limit', limits['memory'] === undefined],
    ['has no ephemeral-storage limit', limits['ephemeral-storage'] === undefined],
    ['has no pinned image', /:latest$|^[^:]*$/.test(container.image.replace(/^[^/]*:\d+\//, ''))],
    ['has no readiness probe', isLongRunning && container.readinessProbe === undefined],
    ['has no liveness probe', isLongRunning && container.livenessProbe === undefined],
  ];
  return gaps.filter(([, found]) => found).map(([gap]) => `${container.name} ${gap}`);
};

const podGaps = (pod: PodSpec): string[] => {
  const volumes = (pod.volumes ?? []).flatMap(({ name, ...source }) =>
    Object.keys(source).map((kind) => ({ name, kind })),
  );
  const gaps: [string, boolean][] = [
    ['shares the host network', pod['hostNetwork'] === true],
    ['shares the host processes', pod['hostPID'] === true || pod['hostIPC'] === true],
    ['runs as the default ServiceAccount', (pod['serviceAccountName'] ?? 'default') === 'default'],
    ['does not say whether it mounts a token', pod['automountServiceAccountToken'] === undefined],
    ...volumes.map(({ name, kind }): [string, boolean] => [`mounts ${kind} ${name}`, !restrictedVolumes.has(kind)]),
    ...(pod.volumes ?? []).map((volume): [string, boolean] => [
      `has an emptyDir without bound: ${volume['name']}`,
      volume['emptyDir'] !== undefined && volume['emptyDir'].sizeLimit === undefined,
    ]),
  ];
  return gaps.filter(([, found]) => found).map(([gap]) => gap);
};

/** What runs until it is done. */
const jobs = new Set(['AutoscalingRunnerSet', 'Job']);

/** Every gap of one pod, as sentences; jobs and init containers need no probes. */
export const gapsOf = (pod: PodSpec, kind: string): string[] => [
  ...podGaps(pod),
  ...(pod.initContainers ?? []).flatMap((c) => containerGaps(c, pod, c.restartPolicy === 'Always')),
  ...pod.containers.flatMap((c) => containerGaps(c, pod, !jobs.has(kind))),
];
