// The programs that everybody needs: the controller, the renderer of manifests, and the UI with its API.
local k = import '../kubernetes/main.libsonnet';
local program = import 'program.libsonnet';
local redis = import 'redis.libsonnet';

function(this)
  local cached = { arguments: redis.arguments(this), environment: redis.environment(this) };
  // argocd-cm says it, but these two read it from their environment, once.
  local polling = { ARGOCD_RECONCILIATION_TIMEOUT: this.pollInterval };
  local when(role, objects) = if this.runs(role) then { [role]: objects } else {};

  when('application-controller', {
    local role = 'application-controller',
    statefulSet: k.statefulSet(this, role) {
      spec+: {
        // Shards start at once.
        podManagementPolicy: 'Parallel',
        template+: program.started(this, role) {
          spec+: program.podSpec(this, role, [program.home, program.temporary('256Mi')], cached {
            environment+: polling {
              // Upstream adds up to a minute, to spread thousands of apps.
              ARGOCD_RECONCILIATION_JITTER: '0s',
              ARGOCD_CONTROLLER_REPLICAS: '%d' % this.replicas[role],
              KUBECACHEDIR: '/tmp/kubecache',
            },
            container: {
              workingDir: '/home/argocd',
              livenessProbe: k.httpProbe('metrics', '/healthz') { initialDelaySeconds: 30, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 5 },
              readinessProbe: k.httpProbe('metrics', '/healthz') { initialDelaySeconds: 5, periodSeconds: 10 },
            },
          }),
        },
      },
    },
    service: k.headless(this, role, { metrics: 8082 }),
  })

  + when('repo-server', {
    local role = 'repo-server',
    deployment: k.deployment(this, role) {
      spec+: {
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template+: program.started(this, role) {
          spec+: program.podSpec(this, role, [
            program.knownHosts,
            program.certificates,
            program.gpgKeys,
            program.keyring,
            // Clones of the repositories.
            program.temporary('768Mi'),
            program.scratch('helm', '/helm-working-dir', '128Mi'),
            program.scratch('plugins', '/home/argocd/cmp-server/plugins', '1Mi'),
          ], cached {
            environment+: polling { [name]: '/helm-working-dir' for name in ['HELM_CACHE_HOME', 'HELM_CONFIG_HOME', 'HELM_DATA_HOME'] },
            container: {
              // `full` makes it answer through gRPC, as its clients see it.
              livenessProbe: k.httpProbe('metrics', '/healthz?full=true') { initialDelaySeconds: 30, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 },
              readinessProbe: k.httpProbe('metrics', '/healthz') { initialDelaySeconds: 5, periodSeconds: 10 },
            },
          }),
        },
      },
    },
    service: k.service(this, role, { grpc: 8081, metrics: 8084 }),
  })

  + when('server', {
    local role = 'server',
    deployment: k.deployment(this, role) {
      spec+: {
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template+: program.started(this, role) {
          spec+: program.podSpec(this, role, [program.knownHosts, program.certificates, program.home, program.temporary('64Mi')], cached {
            // It shares failed sign-ins out among its pods.
            environment+: { ARGOCD_API_SERVER_REPLICAS: '%d' % this.replicas[role] },
            container: {
              livenessProbe: k.httpProbe('http', '/healthz?full=true') { initialDelaySeconds: 3, periodSeconds: 30, timeoutSeconds: 5 },
              readinessProbe: k.httpProbe('http', '/healthz') { initialDelaySeconds: 3, periodSeconds: 10 },
            },
          }),
        },
      },
    },
    service: k.service(this, role, { http: 80, metrics: 8083 }),
  })
