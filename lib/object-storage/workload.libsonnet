// The server: versitygw, which keeps buckets as folders and objects as files, with their metadata in extended attributes.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local role = 'server',
  local credentials = this.cluster.objectStorage.credentials,

  deployment: k.deployment(this, role) {
    spec+: {
      // Two at once would write the same files.
      strategy: { type: 'Recreate' },
      template+: { spec+: {
        securityContext+: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' },
        containers: [
          k.container(this, role, this.image) {
            command: ['versitygw'],
            args: [
              '--port=:%d' % this.workload(role).ports.s3,
              '--region=' + this.cluster.objectStorage.region,
              '--health=/health',
              // Else every request is a line in the log.
              '--quiet',
              'posix',
              '/data',
            ],
            env: k.env({
              ROOT_ACCESS_KEY_ID: { secret: credentials.secretName, key: credentials.accessKey },
              ROOT_SECRET_ACCESS_KEY: { secret: credentials.secretName, key: credentials.secretKey },
              GOMEMLIMIT: k.goMemoryLimit(this.size[role]),
            }),
            livenessProbe: k.httpProbe('s3', '/health') { periodSeconds: 20, failureThreshold: 3 },
            readinessProbe: k.httpProbe('s3', '/health') { periodSeconds: 10 },
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: this.name } }],
      } },
    },
  },

  service: k.service(this, role, this.workload(role).ports),
}
