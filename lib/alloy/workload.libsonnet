// The collector.
local k = import '../kubernetes/main.libsonnet';
local program = import 'program.libsonnet';

// The user of the image.
local uid = 473;

function(this) {
  local ports = this.workload('collector').ports,
  local config = program.configMap(this, 'collector'),
  local peers = this.workloadName('collector') + '-peers',

  config: config,

  deployment: k.deployment(this, 'collector') {
    spec+: {
      // The next one is ready before the last one goes: OTLP has somewhere to go.
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template+: k.configHash([config]) + { spec+: {
        securityContext+: { runAsUser: uid, runAsGroup: uid, fsGroup: uid },
        // Metrics, logs and spans that it holds are sent before it ends.
        terminationGracePeriodSeconds: 60,
        containers: [
          program.container(this, 'collector', if !this.clustered then [] else [
            '--cluster.enabled=true',
            '--cluster.name=' + this.name,
            '--cluster.join-addresses=%s.%s.svc:%d' % [peers, this.namespace, ports.http],
            '--cluster.advertise-address=$(POD_IP)',
          ]) {
            env: program.environment(this, 'collector', if this.clustered then { POD_IP: { field: 'status.podIP' } } else {}),
          },
        ],
        volumes: program.volumes(this, 'collector') + [
          // What Mimir did not take yet. It survives the container, not the pod.
          k.emptyDir('data', '768Mi'),
        ],
      } },
    },
  },

  service: k.service(this, 'collector', ports),

  // By this name they find each other, before they are ready.
  [if this.clustered then 'peers']: k.headless(this, 'collector', { http: ports.http }) {
    metadata+: { name: peers },
    spec+: { publishNotReadyAddresses: true },
  },
}
