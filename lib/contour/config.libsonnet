// contour.yaml as an object, from the settings. A null leaves Contour's own default.
// Keys: pkg/config/parameters.go of Contour 1.33.

local protocols(tls) = {
  'minimum-protocol-version': tls.minimumVersion,
  'maximum-protocol-version': tls.maximumVersion,
  [if tls.cipherSuites != [] then 'cipher-suites']: tls.cipherSuites,
};

local headers(policy) = {
  [if policy.set != {} then 'set']: policy.set,
  [if policy.remove != [] then 'remove']: policy.remove,
};

// With a proxy in ingress mode beside it, Envoy says for which Service a request is, and Linkerd chooses the pod. Contour fills
// this in for each route, Ingresses included (docs/config/request-rewriting.md). It is set in any case: a client's own would
// lead Linkerd wherever the client likes.
local destination = { 'l5d-dst-override': '%CONTOUR_SERVICE_NAME%.%CONTOUR_NAMESPACE%.svc.cluster.local:%CONTOUR_SERVICE_PORT%' };

local circuitBreakerKeys = {
  maxConnections: 'max-connections',
  maxPendingRequests: 'max-pending-requests',
  maxRequests: 'max-requests',
  maxRetries: 'max-retries',
  perHostMaxConnections: 'per-host-max-connections',
};

function(this) {
  debug: this.debug,
  'envoy-service-name': this.workloadName('envoy'),
  'envoy-service-namespace': this.namespace,
  'ingress-status-address': this.statusAddress,

  'accesslog-format': this.accessLog.format,
  'accesslog-format-string': if this.accessLog.format == 'envoy' then this.accessLog.text,
  'accesslog-level': this.accessLog.level,
  'json-fields': if this.accessLog.format == 'json' then this.accessLog.fields,

  tls: protocols(this.tls) {
    'fallback-certificate': this.fallbackCertificate,
    'envoy-client-certificate': this.clientCertificate,
  },
  'default-http-versions': this.httpVersions,
  timeouts: {
    'request-timeout': this.timeouts.request,
    'connection-idle-timeout': this.timeouts.connectionIdle,
    'stream-idle-timeout': this.timeouts.streamIdle,
    'max-connection-duration': this.timeouts.maxConnectionDuration,
    'delayed-close-timeout': this.timeouts.delayedClose,
    'connection-shutdown-grace-period': this.timeouts.connectionShutdownGrace,
    'connect-timeout': this.timeouts.connect,
  },
  policy: {
    'request-headers': headers(this.headers.request + (if this.inMesh then { set+: destination } else {})),
    'response-headers': headers(this.headers.response),
    applyToIngress: this.headers.applyToIngresses || this.inMesh,
  },
  serverHeaderTransformation: this.serverHeader,
  compression: { algorithm: this.compression },
  disablePermitInsecure: this.disablePermitInsecure,
  disableMergeSlashes: !this.mergeSlashes,
  enableExternalNameService: this.externalNames,

  network: {
    'num-trusted-hops': this.trustedHops,
    'strip-trailing-host-dot': this.stripTrailingHostDot,
  },
  listener: {
    'max-connections-per-listener': this.limits.connections,
    'http2-max-concurrent-streams': this.limits.streamsPerConnection,
    'max-requests-per-connection': this.limits.requestsPerConnection,
    'max-requests-per-io-cycle': this.limits.requestsPerCycle,
    'per-connection-buffer-limit-bytes': this.limits.bufferBytes,
  },
  cluster: {
    'dns-lookup-family': this.dnsLookupFamily,
    'max-requests-per-connection': this.limits.upstreamRequestsPerConnection,
    'per-connection-buffer-limit-bytes': this.limits.upstreamBufferBytes,
    'circuit-breakers': if this.circuitBreakers != null then {
      [circuitBreakerKeys[field]]: this.circuitBreakers[field]
      for field in std.objectFields(this.circuitBreakers)
    },
    'upstream-tls': protocols(this.upstreamTLS),
  },
  rateLimitService: this.rateLimitService,
  globalExtAuth: this.externalAuthorization,
}
