// linkerd-config: the values of upstream's chart, as far as the injector reads them (charts/partials, charts/patch). It makes of
// them what proxy.libsonnet makes for the control plane.
local k = import '../kubernetes/main.libsonnet';

local join(list) = std.join(',', [std.toString(item) for item in list]);

// { cpu, memory, memoryLimit } -> resources as the chart writes them.
local resources(size) =
  local all = k.resources(size);
  {
    [kind]: {
      request: all.requests[kind],
      limit: if std.objectHas(all.limits, kind) then all.limits[kind] else '',
    }
    for kind in std.objectFields(all.requests)
  };

// The chart takes what is before and behind the colon of an image, each for itself.
local image(this, version) =
  local path = std.split(k.image(this, version), '/');
  local last = std.splitLimit(path[std.length(path) - 1], ':', 1);
  { name: std.join('/', path[:std.length(path) - 1] + [last[0]]), pullPolicy: 'IfNotPresent', version: last[1] };

local http2 = { server: { http2: { keepAliveInterval: '10s', keepAliveTimeout: '3s' } } };

// values(this) -> an object.
local values(this) =
  {
    clusterDomain: this.clusterDomain,
    clusterNetworks: join(this.clusterNetworks),
    cniEnabled: this.cni,
    debugContainer: { image: image(this, this.images.debug) },
    disableIPv6: !this.ipv6,
    highAvailability: this.highlyAvailable,
    identity: {
      externalCA: true,
      serviceAccountTokenProjection: true,
      issuer: { scheme: 'kubernetes.io/tls', issuanceLifetime: this.lifetimes.proxy, clockSkewAllowance: '20s' },
    },
    identityTrustDomain: this.trustDomain,
    imagePullPolicy: 'IfNotPresent',
    linkerdVersion: this.images.controller.tag,
    networkValidator: { connectAddr: '', enableSecurityContext: true, listenAddr: '', logFormat: this.logFormat, logLevel: 'debug', timeout: '10s' },
    proxy: {
      accessLog: if this.proxy.accessLog == null then '' else this.proxy.accessLog,
      await: true,
      control: { streams: { idleTimeout: '5m', initialTimeout: '3s', lifetime: '1h' } },
      defaultInboundPolicy: this.inboundPolicy,
      enableShutdownEndpoint: false,
      gid: -1,
      image: image(this, this.images.proxy),
      inbound: http2,
      inboundConnectTimeout: '100ms',
      inboundDiscoveryCacheUnusedTimeout: '90s',
      livenessProbe: { initialDelaySeconds: 10, timeoutSeconds: 1 },
      logFormat: this.logFormat,
      logHTTPHeaders: 'off',
      logLevel: this.proxy.logLevel,
      metrics: { hostnameLabels: false },
      nativeSidecar: true,
      opaquePorts: join(this.opaquePorts),
      outbound: http2,
      outboundConnectTimeout: '1000ms',
      outboundDiscoveryCacheUnusedTimeout: '5s',
      outboundTransportMode: 'transport-header',
      ports: this.proxyPorts,
      readinessProbe: { initialDelaySeconds: 2, timeoutSeconds: 1 },
      resources: resources(this.proxy),
      runtime: { workers: { minimum: this.proxy.workers } },
      shutdownGracePeriod: if this.proxy.shutdownGracePeriod == null then '' else this.proxy.shutdownGracePeriod,
      startupProbe: { failureThreshold: 120, initialDelaySeconds: 0, periodSeconds: 1 },
      uid: this.proxyUser,
    },
    proxyInit: {
      closeWaitTimeoutSecs: 0,
      ignoreInboundPorts: join(this.skipInboundPorts),
      ignoreOutboundPorts: join(this.skipOutboundPorts),
      iptablesMode: 'nft',
      kubeAPIServerPorts: join(this.apiServerPorts),
      logFormat: '',
      logLevel: '',
      privileged: false,
      runAsGroup: 65534,
      runAsRoot: false,
      runAsUser: 65534,
      skipSubnets: '',
      xtMountPath: { mountPath: '/run', name: 'linkerd-proxy-init-xtables-lock' },
    },
  };

{
  values:: values,
  resources(this):: {
    config: k.configMap(this, this.configName, {
      'linkerd-crds-chart-version': 'linkerd-crds-1.0.0-edge',
      values: k.toYAML(this.values),
    }),
  },
}
