// The one program.
local k = import '../kubernetes/main.libsonnet';
local secrets = import 'secrets.libsonnet';

// The user of the image.
local uid = 472;

// dashboards: what provisioned-dashboards.libsonnet says.
function(this, dashboards) {
  local objects = this.resources.config,
  local ports = this.workload('server').ports,

  deployment: k.deployment(this, 'server') {
    spec+: {
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      // Dashboards are read again once a minute, everything else at the start alone.
      template+: k.configHash([objects.ini, objects.provisioning]) + { spec+: {
        securityContext+: { runAsUser: uid, runAsGroup: uid, fsGroup: uid },
        containers: [
          k.container(this, 'server', this.image) {
            env: k.env(secrets.variables(this) {
              GF_PATHS_CONFIG: '/etc/grafana/grafana.ini',
              GOMEMLIMIT: k.goMemoryLimit(this.size.server),
            } + (if this.isReplicated then { POD_IP: { field: 'status.podIP' } } else {})),
            // /api/health asks the database, whose absence no restart mends.
            livenessProbe: k.httpProbe('http', '/healthz') { periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
            readinessProbe: k.httpProbe('http', '/api/health') { periodSeconds: 10, timeoutSeconds: 5 },
            // It migrates its database first.
            startupProbe: k.httpProbe('http', '/healthz') { periodSeconds: 5, failureThreshold: 60 },
            volumeMounts: [
              { name: 'config', mountPath: '/etc/grafana/grafana.ini', subPath: 'grafana.ini', readOnly: true },
              { name: 'alerting', mountPath: '/etc/grafana/provisioning/alerting', readOnly: true },
              { name: 'data', mountPath: '/var/lib/grafana' },
              { name: 'data-sources', mountPath: '/etc/grafana/provisioning/datasources', readOnly: true },
              { name: 'providers', mountPath: '/etc/grafana/provisioning/dashboards', readOnly: true },
              { name: 'tmp', mountPath: '/tmp' },
            ] + dashboards.mounts,
          },
        ],
        local file(name, key) = { name: name, configMap: { name: objects.provisioning.metadata.name, items: [{ key: key, path: key }] } },
        volumes: [
          { name: 'config', configMap: { name: objects.ini.metadata.name } },
          file('alerting', 'alerting.yaml'),
          file('data-sources', 'data-sources.yaml'),
          file('providers', 'dashboards.yaml'),
          // Its database of one file, and plugins. What is lost with the pod is in Git, or in the database.
          k.emptyDir('data', '512Mi'),
          k.emptyDir('tmp', '128Mi'),
        ] + dashboards.volumes,
      } },
    },
  },

  service: k.service(this, 'server', { http: ports.http }),

  // By this name they find each other, before they are ready.
  [if this.isReplicated then 'peers']: k.headless(this, 'server', { 'gossip-tcp': ports['gossip-tcp'], 'gossip-udp': ports['gossip-udp'] }) {
    metadata+: { name: this.workloadName('server') + '-peers' },
    spec+: { publishNotReadyAddresses: true },
  },
}
