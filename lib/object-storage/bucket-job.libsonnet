// Makes the buckets that are not there yet. A Job can't be changed, so its name carries what it does: other buckets, or another
// image, make another Job, and Argo CD prunes the old one.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local role = 'buckets',
  local credentials = this.cluster.objectStorage.credentials,
  local spec = (k.job(this, role) {
                  spec+: { template+: { spec+: {
                    securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
                    containers: [
                      k.container(this, role, this.image) {
                        command: ['sh', '-euc', importstr 'files/make-buckets.sh'],
                        env: k.env({
                          ADMIN_ACCESS_KEY_ID: { secret: credentials.secretName, key: credentials.accessKey },
                          ADMIN_SECRET_ACCESS_KEY: { secret: credentials.secretName, key: credentials.secretKey },
                          ADMIN_ENDPOINT_URL: 'http://' + this.address('s3'),
                          ADMIN_REGION: this.cluster.objectStorage.region,
                          BUCKETS: std.join(' ', std.set([bucket.bucket for bucket in this.all])),
                        }),
                      },
                    ],
                  } } },
                }).spec,

  job: k.object(this, 'batch/v1', 'Job', '%s-%s' % [this.workloadName(role), std.md5(std.toString(spec))[:8]], role) + k.wave(1) { spec: spec },
}
