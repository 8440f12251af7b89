// The one pod: external-dns, and beside it the program that speaks to the provider where external-dns itself can't.
local k = import '../kubernetes/main.libsonnet';
local credentials = import 'credentials.libsonnet';

local user = { runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 };

// { name: value } -> flags: a list repeats its flag; false is said by --no-<name>.
local toFlags(values) = std.flattenArrays([
  [
    if value == true then '--' + name
    else if value == false then '--no-' + name
    else '--%s=%s' % [name, value]
    for value in (if std.type(values[name]) == 'array' then values[name] else [values[name]])
  ]
  for name in std.objectFields(values)
  if values[name] != null
]);

local onlyIf(condition, value) = if condition then value else null;

function(this)
  local sidecar = this.sidecar;
  local registry = this.registry;
  local ports = this.workload('controller').ports;
  local inTXT = std.member(['dynamodb', 'txt'], registry.kind);
  local variables = credentials.variables(this) + this.environment;
  local mounts = credentials.mounts(this);
  local ownVariables = (if sidecar == null then variables else {}) + (
    if registry.encryptionKey == null then {}
    else { EXTERNAL_DNS_TXT_ENCRYPT_AES_KEY: { secret: registry.encryptionKey.name, key: registry.encryptionKey.key } }
  );

  // What the settings say, as flags; `flags` adds what there is no setting for.
  local flags = {
    'annotation-filter': this.annotationFilter,
    'default-targets': this.defaultTargets,
    'domain-filter': this.domains,
    'dry-run': onlyIf(this.dryRun, true),
    events: true,
    'exclude-domains': this.excludeDomains,
    'ingress-class': this.ingressClasses,
    interval: this.interval,
    'label-filter': this.labelFilter,
    'log-format': 'json',
    'log-level': this.logLevel,
    'managed-record-types': this.recordTypes,
    'metrics-address': ':%d' % ports.http,
    policy: this.policy,
    provider: if sidecar == null then this.provider else 'webhook',
    registry: registry.kind,
    'service-type-filter': onlyIf(std.member(this.sources, 'service'), this.serviceTypes),
    source: this.sources,
    'txt-cache-interval': onlyIf(inTXT, registry.cacheInterval),
    'txt-encrypt-enabled': onlyIf(registry.encryptionKey != null, true),
    'txt-owner-id': this.owner,
    'txt-prefix': onlyIf(inTXT, registry.prefix),
    'txt-suffix': onlyIf(inTXT, registry.suffix),
    'txt-wildcard-replacement': onlyIf(inTXT, registry.wildcardReplacement),
    'webhook-provider-url': onlyIf(sidecar != null, 'http://localhost:%d' % (if sidecar == null then 0 else sidecar.port)),
  } + credentials.flags(this) + this.flags;

  local probes(port) = {
    livenessProbe: k.httpProbe(port, '/healthz') { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: k.httpProbe(port, '/healthz') { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  };
  local portNamed(name) = { name: name, containerPort: ports[name], protocol: 'TCP' };

  local controller = k.container(this, 'controller', this.image) + probes('http') + {
    args: toFlags(flags),
    [if ownVariables != {} then 'env']: k.env(ownVariables),
    ports: [portNamed('http')],
    [if sidecar == null && mounts != [] then 'volumeMounts']: mounts,
  };

  // Kubernetes starts it first and ends it last; external-dns asks it at once. It listens beyond the pod for its probes,
  // and the NetworkPolicy lets nobody else in.
  local provider = k.sidecar(this, 'webhook', sidecar.version) + probes('webhook') + {
    restartPolicy: 'Always',
    args: sidecar.args,
    [if variables != {} then 'env']: k.env(variables),
    ports: [portNamed('webhook')],
    startupProbe: k.httpProbe('webhook', '/healthz') { periodSeconds: 2, failureThreshold: 30 },
    resources: k.resources({ cpu: '5m', memory: '24Mi', memoryLimit: '96Mi' }),
  };

  {
    deployment: k.deployment(this, 'controller') {
      spec+: {
        // Two at once would undo each other's changes.
        strategy: { type: 'Recreate' },
        template+: {
          metadata+: { labels+: this.podLabels },
          spec+: {
            securityContext+: user,
            [if sidecar != null then 'initContainers']: [provider],
            containers: [controller],
            [if mounts != [] then 'volumes']: credentials.volumes(this),
          },
        },
      },
    },
  }
