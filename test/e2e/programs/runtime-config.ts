// A container as runc is told to run it: the OCI runtime specification (version 1.0.2) made from a pod template.
import { podName, type Container, type Pod } from './pod.ts';
import { imageOf } from './images.ts';
import { bytes, expand } from './variables.ts';

export interface ContainerPlan {
  pod: Pod;
  container: Container;
  variables: ReadonlyMap<string, string>;
  /** Paths of the pod's volumes. */
  volumes: ReadonlyMap<string, string>;
  /** What else is mounted: path in the container → path on this machine, read-only. */
  files: ReadonlyMap<string, string>;
  rootfs: string;
  /** Path of the pod's network namespace. */
  network: string;
  cgroup: string;
}

// What containerd gives to a container that asks for nothing: pkg/cri/util and oci.defaultUnixCaps.
const defaultCapabilities = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  'CAP_FOWNER',
  'CAP_MKNOD',
  'CAP_NET_RAW',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_SYS_CHROOT',
  'CAP_KILL',
  'CAP_AUDIT_WRITE',
];

/** The content of config.json. */
export function runtimeConfig(plan: ContainerPlan): object {
  const { pod, container, rootfs } = plan;
  const security = { ...pod.spec.securityContext, ...container.securityContext };
  const bounding = capabilitiesOf(container);
  const user = userOf(pod, container);
  // A process that isn't root has none in effect, as under Kubernetes, where ambient capabilities can't be asked for.
  const effective = user.uid === 0 ? bounding : [];
  return {
    ociVersion: '1.0.2',
    hostname: pod.metadata.name.slice(0, 63),
    process: {
      terminal: false,
      user,
      cwd: container.workingDir ?? '/',
      args: argumentsOf(container, plan.variables),
      env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        `HOSTNAME=${pod.metadata.name}`,
        ...[...plan.variables].map(([name, value]) => `${name}=${value}`),
      ],
      capabilities: { bounding, effective, permitted: effective, inheritable: [], ambient: [] },
      noNewPrivileges: security.allowPrivilegeEscalation === false,
    },
    root: { path: rootfs, readonly: security.readOnlyRootFilesystem === true },
    mounts: mountsOf(plan),
    linux: {
      cgroupsPath: plan.cgroup,
      namespaces: [
        { type: 'pid' },
        { type: 'mount' },
        { type: 'uts' },
        { type: 'ipc' },
        { type: 'network', path: plan.network },
      ],
      resources: resourcesOf(container),
      maskedPaths: [
        '/proc/acpi',
        '/proc/kcore',
        '/proc/keys',
        '/proc/latency_stats',
        '/proc/timer_list',
        '/proc/sched_debug',
        '/proc/scsi',
      ],
      readonlyPaths: ['/proc/asound', '/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
    },
  };
}

/** Who the process is. Throws where the kubelet would refuse to start it. */
export function userOf(pod: Pod, container: Container): { uid: number; gid: number; additionalGids: number[] } {
  const security = { ...pod.spec.securityContext, ...container.securityContext };
  const uid = security.runAsUser ?? imageOf(container.image).user;
  if (uid === 0 && security.runAsNonRoot === true) {
    throw new Error(`${podName(pod)}: container ${container.name} has runAsNonRoot, and its image runs as root`);
  }
  const { fsGroup, supplementalGroups = [] } = pod.spec.securityContext ?? {};
  const additionalGids = [...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups];
  return { uid, gid: security.runAsGroup ?? (security.runAsUser === undefined ? uid : 0), additionalGids };
}

/** The command line: that of the template, else that of the image. */
export function argumentsOf(container: Container, variables: ReadonlyMap<string, string>): string[] {
  const { entrypoint, cmd = [] } = imageOf(container.image);
  const command = container.command ?? entrypoint;
  const args = container.args ?? (container.command === undefined ? cmd : []);
  return [...command, ...args].map((text) => expand(text, variables));
}

function capabilitiesOf(container: Container): string[] {
  const { add = [], drop = [] } = container.securityContext?.capabilities ?? {};
  const kept = drop.includes('ALL')
    ? []
    : defaultCapabilities.filter((name) => !drop.includes(name.slice('CAP_'.length)));
  return [...kept, ...add.map((name) => `CAP_${name}`)];
}

function resourcesOf({ resources }: Container): object {
  const memory = resources?.limits?.memory;
  return memory === undefined ? {} : { memory: { limit: bytes(memory) } };
}

function mountsOf({ container, volumes, files }: ContainerPlan): object[] {
  const bind = (source: string, destination: string, readOnly: boolean): object => ({
    type: 'bind',
    source,
    destination,
    options: ['rbind', 'rprivate', 'nosuid', 'nodev', readOnly ? 'ro' : 'rw'],
  });
  const volumeMounts = (container.volumeMounts ?? []).map(({ name, mountPath, subPath, readOnly = false }) => {
    const source = volumes.get(name);
    if (source === undefined)
      throw new Error(`container ${container.name} mounts ${name}, which is no volume of its pod`);
    return bind(subPath === undefined ? source : `${source}/${subPath}`, mountPath, readOnly);
  });
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
    },
    {
      destination: '/dev/shm',
      type: 'tmpfs',
      source: 'shm',
      options: ['nosuid', 'noexec', 'nodev', 'mode=1777', 'size=65536k'],
    },
    { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
    ...[...files].map(([destination, source]) => bind(source, destination, true)),
    ...volumeMounts,
  ];
}
