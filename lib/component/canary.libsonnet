// A small program that writes all the time, reads back what it wrote, and counts what is missing or late. It shows what no metric
// of the store does: that what was taken can be found.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';

{
  // twin(what) -> the doc twin of the setting `canary`.
  twin(what):: doc.setting('boolean', 'Whether %s, and counts what is missing or late.' % what),

  // of(this, purposes) -> what it adds to the component's fields of these names; nothing where the setting is off.
  // purposes: of `entries`, which it calls.
  of(this, purposes)::
    local when(value, otherwise) = if this.canary then value else otherwise;
    {
      workloads: when({ canary: { ports: { metrics: 3500 } } }, {}),
      replicas: when({ canary: 1 }, {}),
      size: when({ canary: { cpu: '5m', memory: '32Mi', memoryLimit: '96Mi' } }, {}),
      scrape: when([{ workload: 'canary', port: 'metrics' }], []),
      calls: when([this.calledBy('canary', purpose) for purpose in purposes], []),
    },

  // manifests(this, image, said) -> { canary } or nothing. said: { args, env? }.
  manifests(this, image, said):: if !this.canary then {} else {
    canary: {
      deployment: k.deployment(this, 'canary') {
        spec+: {
          // Two would each miss what the other writes.
          strategy: { type: 'Recreate' },
          template+: { spec+: {
            securityContext+: { runAsUser: 10001, runAsGroup: 10001 },
            containers: [
              k.container(this, 'canary', image) {
                args: said.args,
                [if std.objectHas(said, 'env') then 'env']: k.env(said.env),
                livenessProbe: k.httpProbe('metrics', '/metrics') { initialDelaySeconds: 10, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
                readinessProbe: k.httpProbe('metrics', '/metrics') { periodSeconds: 20, timeoutSeconds: 5 },
              },
            ],
          } },
        },
      },
    },
  },
}
