// The manager. Jobs outlive no manager: it must end slowly, and then clean up.
local k = import '../kubernetes/main.libsonnet';
local config = import 'config.libsonnet';

local directory = '/etc/gitlab-runner';
local home = '/home/gitlab-runner';

function(this) {
  local role = 'manager',
  local graceful = k.quantity.seconds(this.shutdown.graceful),
  local forced = k.quantity.seconds(this.shutdown.forced),
  local ca = this.certificateAuthority,

  deployment: k.deployment(this, role) {
    spec+: {
      // The next one takes jobs while the last one waits for its own.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template+: k.configHash([this.resources.config.manager]) + { spec+: {
        // With time to spare: the kubelet must not come first.
        terminationGracePeriodSeconds: graceful + forced + 30,
        // The user of upstream's image on Alpine.
        securityContext+: { runAsUser: 100, runAsGroup: 65533, fsGroup: 65533 },
        containers: [
          k.container(this, role, this.image) {
            command: ['gitlab-runner'],
            args: ['run', '--config=%s/config.toml' % directory, '--working-directory=' + home],
            env: k.env(config.variables(this) + this.environment + {
              HOME: home,
              GOMEMLIMIT: k.goMemoryLimit(this.size[role]),
            }),
            // SIGQUIT: no new jobs, and the end comes with the last one, which ends this script too. SIGTERM: abort what is left.
            lifecycle: { preStop: { exec: { command: ['sh', '-c', 'kill -QUIT 1; sleep %d; kill -TERM 1; sleep %d' % [graceful, forced]] } } },
            livenessProbe: k.httpProbe('metrics', '/debug/process/state') { periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 },
            readinessProbe: k.httpProbe('metrics', '/health/ready') { periodSeconds: 10, timeoutSeconds: 5 },
            volumeMounts: [
              { name: 'config', mountPath: directory + '/config.toml', subPath: 'config.toml', readOnly: true },
              { name: 'home', mountPath: home },
              // Beside its configuration it writes the name that GitLab knows this pod by.
              { name: 'state', mountPath: directory },
              { name: 'tmp', mountPath: '/tmp' },
            ] + (if ca == null then [] else [{ name: 'certificates', mountPath: std.strReplace(config.caFile, '/ca.crt', ''), readOnly: true }]),
          },
        ],
        volumes: [
          { name: 'config', configMap: { name: this.resources.config.manager.metadata.name } },
          k.emptyDir('home', '64Mi'),
          k.emptyDir('state', '1Mi'),
          k.emptyDir('tmp', '256Mi'),
        ] + (if ca == null then [] else [{ name: 'certificates', secret: { secretName: ca.name, items: [{ key: ca.key, path: 'ca.crt' }] } }]),
      } },
    },
  },
}
