// `git daemon`, which gives everybody who reaches it everything: the NetworkPolicy lets only Argo CD's repo-server do that.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local role = 'server',
  local folder = '/repositories',

  deployment: k.deployment(this, role) {
    spec+: { template+: { spec+: {
      // No fsGroup: the kubelet would give the files of the machine to that group.
      securityContext+: { runAsUser: 999, runAsGroup: 999 },
      containers: [
        k.container(this, role, this.image) {
          command: ['git'],
          args: [
            'daemon',
            '--port=%d' % this.workload(role).ports.git,
            '--base-path=' + folder,
            '--export-all',
            '--reuseaddr',
            '--max-connections=8',
            '--log-destination=stderr',
          ],
          // Git refuses a repository of somebody else, unless it is told that this one is trusted.
          env: k.env({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' }),
          livenessProbe: { tcpSocket: { port: 'git' }, periodSeconds: 20, failureThreshold: 3 },
          readinessProbe: { tcpSocket: { port: 'git' }, periodSeconds: 10 },
          volumeMounts: [{ name: 'repository', mountPath: folder + '/repository.git', readOnly: true }],
        },
      ],
      volumes: [{ name: 'repository', persistentVolumeClaim: { claimName: this.name, readOnly: true } }],
    } } },
  },

  service: k.service(this, role, this.workload(role).ports),
}
