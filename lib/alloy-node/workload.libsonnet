// One pod on every node: Alloy, and node-exporter beside it.
local program = import '../alloy/program.libsonnet';
local k = import '../kubernetes/main.libsonnet';

local exporterPort = 9100;

// Not the network: a pod sees its own alone, and metrics.libsonnet has that of the node from elsewhere.
local collectors = [
  'cpu',
  'diskstats',
  'edac',
  'entropy',
  'filefd',
  'filesystem',
  'hwmon',
  'loadavg',
  'mdadm',
  'meminfo',
  'nvme',
  'os',
  'pressure',
  'stat',
  'thermal_zone',
  'time',
  'timex',
  'uname',
  'vmstat',
];

local exporter(this) = k.sidecar(this, 'node-exporter', this.exporterImage) {
  args: [
    '--web.listen-address=:%d' % exporterPort,
    '--path.procfs=/node/proc',
    '--path.sysfs=/node/sys',
    '--path.rootfs=/node/root',
    '--path.udev.data=/node/root/run/udev/data',
    // Volumes of pods are the kubelet's to count.
    '--collector.filesystem.mount-points-exclude=^/(dev|proc|run|sys|var/lib/(docker|containers|containerd|kubelet))($|/)',
    '--collector.disable-defaults',
  ] + ['--collector.' + name for name in collectors],
  ports: [{ name: 'exporter', containerPort: exporterPort, protocol: 'TCP' }],
  env: k.env({ GOMEMLIMIT: '56MiB' }),
  livenessProbe: k.httpProbe('exporter', '/') { periodSeconds: 30, timeoutSeconds: 5 },
  readinessProbe: k.httpProbe('exporter', '/') { periodSeconds: 10, timeoutSeconds: 5 },
  resources: k.resources({ cpu: '5m', memory: '24Mi', memoryLimit: '64Mi' }),
  // Anybody but root: it sees the whole file system of the node.
  securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
  volumeMounts: [
    { name: 'proc', mountPath: '/node/proc', readOnly: true },
    { name: 'sys', mountPath: '/node/sys', readOnly: true },
    { name: 'root', mountPath: '/node/root', readOnly: true, mountPropagation: 'HostToContainer' },
  ],
};

function(this) {
  local config = program.configMap(this, 'agent'),
  local measures = this.stores.mimir != null,

  config: config,

  daemonSet: k.daemonSet(this, 'agent') {
    spec+: {
      updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } },
      template+: k.configHash([config]) + { spec+: {
        // What it holds is sent before it ends.
        terminationGracePeriodSeconds: 60,
        tolerations: this.tolerations,
        containers: [
          program.container(this, 'agent') {
            env: program.environment(this, 'agent', {
              NODE_ADDRESS: { field: 'status.hostIP' },
              NODE_NAME: { field: 'spec.nodeName' },
            }),
            // The container runtime writes logs as root, for root. It needs no capability to read its own files, and has none.
            securityContext+: { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0 },
            volumeMounts+: [{ name: 'logs', mountPath: '/var/log', readOnly: true }],
          },
        ] + (if measures then [exporter(this)] else []),
        volumes: program.volumes(this, 'agent') + [
          // How far it has read, and what Mimir did not take yet: a new pod goes on where the last one ended.
          { name: 'data', hostPath: { path: '/var/lib/' + this.name, type: 'DirectoryOrCreate' } },
          { name: 'logs', hostPath: { path: '/var/log', type: 'Directory' } },
        ] + (if !measures then [] else [
               { name: 'proc', hostPath: { path: '/proc', type: 'Directory' } },
               { name: 'root', hostPath: { path: '/', type: 'Directory' } },
               { name: 'sys', hostPath: { path: '/sys', type: 'Directory' } },
             ]),
      } },
    },
  },

  service: k.service(this, 'agent', this.workload('agent').ports),
}
