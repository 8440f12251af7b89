// The pods of the cache.
local k = import '../kubernetes/main.libsonnet';
local redis = import 'redis.libsonnet';

// Makes the password at the first start (cmd/argocd/commands/admin/redis_initial_password.go). Only this container has a
// token: who can create Secrets here can give Argo CD repositories.
local passwordMaker(this) = {
  local tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount',
  initContainers: [
    k.sidecar(this, 'password', this.images.argoCD) {
      command: ['argocd', 'admin', 'redis-initial-password'],
      resources: k.resources({ cpu: '5m', memory: '16Mi', memoryLimit: '192Mi' }),
      volumeMounts: [{ name: 'api-access', mountPath: tokenPath, readOnly: true }],
    },
  ],
  volumes: [{
    name: 'api-access',
    projected: { sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ] },
  }],
};

local answers(command) = { exec: { command: ['sh', '-c', 'test "$(%s)" = PONG' % command] }, timeoutSeconds: 5 };
local probes(command) = {
  livenessProbe: answers(command) { initialDelaySeconds: 15, periodSeconds: 15, failureThreshold: 5 },
  readinessProbe: answers(command) { periodSeconds: 10 },
};

local single(this) = {
  local role = 'redis',
  deployment: k.deployment(this, role) {
    spec+: { template+: { spec+: {
      securityContext+: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
      containers: [
        k.container(this, role, this.images.redis) + probes('redis-cli ping') {
          command: ['redis-server'],
          args: ['--save', '', '--appendonly', 'no', '--maxmemory', redis.memory(this, role), '--maxmemory-policy', 'allkeys-lru', '--dir', '/data', '--requirepass', '$(REDISCLI_AUTH)'],
          env: k.env({ REDISCLI_AUTH: redis.password }),
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [k.emptyDir('data', '16Mi')],
    } + { [field]+: passwordMaker(this)[field] for field in ['initContainers', 'volumes'] } } },
  },
  service: k.service(this, role, { redis: redis.port }),
};

local replicated(this) = {
  local role = 'redis-ha',
  local mounts = [{ name: 'data', mountPath: '/data' }],
  local env = { REDISCLI_AUTH: redis.password },
  statefulSet: k.statefulSet(this, role) {
    spec+: {
      // Who comes first does not matter, and who follows must not wait for a pod whose node is gone.
      podManagementPolicy: 'Parallel',
      // Time for the Sentinels to find each other again before the next pod goes.
      minReadySeconds: 15,
      template+: k.configHash([this.resources.config.redis]) {
        spec+: {
          securityContext+: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
          initContainers: [
            k.sidecar(this, 'configure', this.images.redis) {
              command: ['sh', '/config/configure.sh'],
              env: k.env(env {
                PEERS: std.join(' ', redis.hosts(this)),
                POD_NAME: { field: 'metadata.name' },
                QUORUM: '%d' % (std.floor(this.replicas[role] / 2) + 1),
              }) + [{ name: 'SELF', value: '$(POD_NAME).%s' % this.serviceHost(role) }],
              resources: k.resources({ cpu: '5m', memory: '16Mi', memoryLimit: '64Mi' }),
              volumeMounts: mounts + [{ name: 'config', mountPath: '/config', readOnly: true }],
            },
          ],
          containers: [
            k.container(this, role, this.images.redis) + probes('redis-cli ping') {
              command: ['redis-server', '/data/redis.conf'],
              env: k.env(env),
              ports: [{ name: 'redis', containerPort: redis.port, protocol: 'TCP' }],
              volumeMounts: mounts,
            },
            k.sidecar(this, 'sentinel', this.images.redis) + probes('redis-cli -p %d ping' % redis.sentinelPort) {
              command: ['redis-server', '/data/sentinel.conf', '--sentinel'],
              env: k.env(env),
              ports: [{ name: 'sentinel', containerPort: redis.sentinelPort, protocol: 'TCP' }],
              resources: k.resources({ cpu: '10m', memory: '16Mi', memoryLimit: '64Mi' }),
              volumeMounts: mounts,
            },
          ],
          volumes: [
            k.emptyDir('data', '16Mi'),
            { name: 'config', configMap: { name: this.workloadName(role) } },
          ],
        } + { [field]: passwordMaker(this)[field] + super[field] for field in ['initContainers', 'volumes'] },
      },
    },
  },
  // Pods that are not ready have names too: a master is looked up while it starts.
  service: k.headless(this, role, { redis: redis.port, sentinel: redis.sentinelPort }) { spec+: { publishNotReadyAddresses: true } },
};

// Nothing where somebody else runs it.
function(this) { single: single, replicated: replicated, external: function(_) {} }[this.redis](this)
