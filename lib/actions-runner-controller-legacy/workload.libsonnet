// The controller. Flags and variables: main.go and charts/actions-runner-controller of 0.27.6. It has no endpoint for probes; its
// metrics answer once it runs.
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';

function(this) {
  local role = 'controller',
  local ports = this.workload(role).ports,
  local variables = {
    app: { GITHUB_APP_ID: 'github_app_id', GITHUB_APP_INSTALLATION_ID: 'github_app_installation_id', GITHUB_APP_PRIVATE_KEY: 'github_app_private_key' },
    token: { GITHUB_TOKEN: 'github_token' },
  }[this.credentials.kind],

  deployment: k.deployment(this, role) {
    spec+: { template+: { spec+: {
      securityContext+: { runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 },
      terminationGracePeriodSeconds: 30,
      containers: [
        k.container(this, role, this.image) {
          command: ['/manager'],
          args: [
            '--metrics-addr=:%d' % ports.metrics,
            '--port=%d' % ports.https,
            '--sync-period=' + this.syncPeriod,
            '--watch-namespace=' + this.runners.namespace,
            '--runner-image=' + k.image(this, versions['actions-runner-legacy']),
            '--docker-image=' + k.image(this, versions['actions-runner-docker']),
            '--log-level=' + this.logLevel,
            '--log-format=json',
            '--enable-leader-election',
            '--leader-election-id=' + this.name,
          ] + ['--runner-image-pull-secret=' + name for name in this.cluster.registry.pullSecrets],
          env: k.env({ GOMEMLIMIT: k.goMemoryLimit(this.size[role]) } + {
            [name]: { secret: this.credentials.secretName, key: variables[name] }
            for name in std.objectFields(variables)
          }),
          livenessProbe: k.httpProbe('metrics', '/metrics') { periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 },
          readinessProbe: k.httpProbe('metrics', '/metrics') { periodSeconds: 15, timeoutSeconds: 5 },
          volumeMounts: [
            { name: 'certificate', mountPath: '/tmp/k8s-webhook-server/serving-certs', readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'certificate', secret: { secretName: this.certificateName } },
        k.emptyDir('tmp', '64Mi'),
      ],
    } } },
  },

  service: k.service(this, role, { https: 443 }),
}
