// The programs that are off unless somebody asks for them.
local k = import '../kubernetes/main.libsonnet';
local program = import 'program.libsonnet';

local copyOfProgram = 'argocd-dex';

function(this)
  local when(role, objects) = if this.runs(role) then { [role]: objects } else {};
  // One at a time: a second one would tell everything twice.
  local alone = { strategy: { type: 'Recreate' } };

  when('applicationset-controller', {
    local role = 'applicationset-controller',
    deployment: k.deployment(this, role) {
      spec+: { template+: program.started(this, role) {
        spec+: program.podSpec(this, role, [
          program.knownHosts,
          program.certificates,
          program.gpgKeys,
          program.keyring,
          program.temporary('256Mi'),
        ], {
          environment: { NAMESPACE: { field: 'metadata.namespace' } },
          container: {
            livenessProbe: { tcpSocket: { port: 'health' }, initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 5 },
            readinessProbe: { tcpSocket: { port: 'health' }, periodSeconds: 10 },
          },
        }),
      } },
    },
    service: k.service(this, role, { webhook: 7000, metrics: 8080 }),
  })

  + when('notifications-controller', {
    local role = 'notifications-controller',
    deployment: k.deployment(this, role) {
      spec+: alone { template+: program.started(this, role) {
        spec+: program.podSpec(this, role, [program.certificates, program.temporary('16Mi')], {
          binary: 'argocd-notifications',
          container: {
            workingDir: '/app',
            livenessProbe: { tcpSocket: { port: 'metrics' }, periodSeconds: 30, failureThreshold: 5 },
            readinessProbe: { tcpSocket: { port: 'metrics' }, periodSeconds: 10 },
          },
        }),
      } },
    },
    service: k.service(this, role, { metrics: 9001 }),
  })

  + when('dex-server', {
    local role = 'dex-server',
    // Dex keeps what it knows in memory.
    deployment: k.deployment(this, role) {
      spec+: alone { template+: program.started(this, role) {
        local shared = program.scratch('program', '/shared', '512Mi'),
        local temporary = program.temporary('16Mi'),
        spec+: {
          securityContext+: { runAsUser: 1001, runAsGroup: 1001, fsGroup: 1001 },
          // Argo CD's program writes Dex' configuration from argocd-cm and restarts Dex when that changes.
          initContainers: [
            k.sidecar(this, 'copy-program', this.images.argoCD) {
              command: ['/bin/cp', '-n', '/usr/local/bin/argocd', '/shared/' + copyOfProgram],
              resources: k.resources({ cpu: '5m', memory: '16Mi', memoryLimit: '64Mi' }),
              volumeMounts: [shared.mount],
            },
          ],
          containers: [
            k.container(this, role, this.images.dex) {
              command: ['/shared/' + copyOfProgram, 'rundex'],
              env: k.env(this.config.environment(role) { GOMEMLIMIT: k.goMemoryLimit(this.size[role]) }),
              livenessProbe: k.httpProbe('metrics', '/healthz/live') { initialDelaySeconds: 10, periodSeconds: 15, failureThreshold: 5 },
              readinessProbe: k.httpProbe('metrics', '/healthz/ready') { periodSeconds: 10 },
              volumeMounts: [shared.mount, temporary.mount],
            },
          ],
          volumes: [shared.volume, temporary.volume],
        },
      } },
    },
    service: k.service(this, role, { http: 5556, grpc: 5557, metrics: 5558 }),
  })
