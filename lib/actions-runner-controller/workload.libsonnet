// The controller. Flags: main.go of gha-runner-scale-set 0.14.2.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local role = 'controller',
  local ports = this.workload(role).ports,
  local replicated = this.replicas[role] > 1,

  deployment: k.deployment(this, role) {
    spec+: { template+: { spec+: {
      securityContext+: { runAsUser: 65532, runAsGroup: 65532 },
      terminationGracePeriodSeconds: 30,
      containers: [
        k.container(this, role, this.image) {
          command: ['/manager'],
          args: [
                  '--auto-scaling-runner-set-only',
                  '--log-level=' + this.logLevel,
                  '--log-format=json',
                  '--update-strategy=' + this.updateStrategy,
                  '--metrics-addr=:%d' % ports.metrics,
                  '--health-probe-bind-address=:%d' % ports.probes,
                  '--listener-metrics-addr=:%d' % this.workload('listener').ports.metrics,
                  '--listener-metrics-endpoint=/metrics',
                ] + [
                  // What belongs to a scale set would bear its labels, and be taken for what selectors know by them.
                  '--exclude-label-propagation-prefix=app.kubernetes.io/' + label
                  for label in ['instance', 'managed-by', 'name']
                ]
                + (if this.watchAllNamespaces then [] else ['--watch-single-namespace=' + this.runners.namespace])
                + (if replicated then ['--enable-leader-election', '--leader-election-id=' + this.workloadName(role)] else [])
                + ['--auto-scaler-image-pull-secrets=' + name for name in this.cluster.registry.pullSecrets],
          env: k.env({
            // Listeners run from the image of the controller, in its namespace.
            CONTROLLER_MANAGER_CONTAINER_IMAGE: k.image(this, this.image),
            CONTROLLER_MANAGER_POD_NAMESPACE: { field: 'metadata.namespace' },
            GOMEMLIMIT: k.goMemoryLimit(this.size[role]),
          }),
          livenessProbe: k.httpProbe('probes', '/healthz') { periodSeconds: 20, failureThreshold: 3 },
          readinessProbe: k.httpProbe('probes', '/readyz') { periodSeconds: 10 },
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        },
      ],
      volumes: [k.emptyDir('tmp', '64Mi')],
    } } },
  },
}
