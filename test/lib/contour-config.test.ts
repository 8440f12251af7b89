import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, argsOf, find, valid } from './contour-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';

const rendered = await evaluateAll({
  small: app('{}'),
  edge: app(`{ ingressClass+: { name: 'edge', default: false }, proxyProtocol: true, rootNamespaces: ['a', 'b'] }`),
  strict: app(`{ ingressClass+: { default: false } }`),
});

test('flags: class, PROXY protocol, root namespaces', () => {
  const flagsOf = (manifests: any[]) => argsOf(find(manifests, 'Deployment', 'contour'), 'contour');
  assert.ok(
    !flagsOf(rendered.small).some((flag) => /^--(ingress-class-name|use-proxy-protocol|root-namespaces)/.test(flag)),
  );
  for (const flag of ['--ingress-class-name=edge', '--use-proxy-protocol', '--root-namespaces=a,b']) {
    assert.ok(flagsOf(rendered.edge).includes(flag), flag);
  }
  assert.ok(flagsOf(rendered.strict).includes('--ingress-class-name=contour'));
});

test('the IngressClass is there, and the default one unless told otherwise', () => {
  const plain = find(rendered.small, 'IngressClass', 'contour');
  assert.equal(plain.metadata.annotations['ingressclass.kubernetes.io/is-default-class'], 'true');
  assert.equal(find(rendered.edge, 'IngressClass', 'edge').metadata.annotations, undefined);
});

test('roles: what Contour 1.33 asks for HTTPProxies and Ingresses, and leader election in its own namespace', () => {
  const manifests = rendered.small;
  const { rules } = find(manifests, 'ClusterRole', 'contour');
  assert.ok(
    rules.every((r: any) =>
      r.verbs.every((verb: string) => ['create', 'get', 'list', 'update', 'watch'].includes(verb)),
    ),
  );
  assert.deepEqual(
    rules
      .filter((r: any) => r.verbs.includes('update'))
      .flatMap((r: any) => r.resources)
      .sort(),
    ['extensionservices/status', 'httpproxies/status', 'ingresses/status'],
  );
  assert.deepEqual(
    rules
      .flatMap((r: any) => r.resources)
      .filter((r: string) => !r.includes('/'))
      .sort(),
    [
      'endpointslices',
      'extensionservices',
      'httpproxies',
      'ingresses',
      'secrets',
      'services',
      'tlscertificatedelegations',
    ],
  );
  assert.deepEqual(
    find(manifests, 'Role', 'contour').rules.map((r: any) => r.resources[0]),
    ['events', 'leases'],
  );
});

test('contour.yaml has JSON access logs with the fields, and every setting under its key', async () => {
  const configOf = (manifests: any[]) => JSON.parse(find(manifests, 'ConfigMap', 'contour').data['contour.yaml']);
  const plain = configOf(rendered.small);
  assert.equal(plain['accesslog-format'], 'json');
  assert.ok(plain['json-fields'].includes('request_id') && plain['json-fields'].includes('contour_config_namespace'));
  assert.equal(plain.listener['http2-max-concurrent-streams'], 100);

  const full = configOf(
    await evaluate(
      app(`{
    debug: true, statusAddress: '192.0.2.1',
    fallbackCertificate: { namespace: 'a', name: 'b' }, clientCertificate: { namespace: 'a', name: 'c' },
    tls+: { minimumVersion: '1.3', cipherSuites: ['[ECDHE-RSA-AES128-GCM-SHA256|AES128-SHA]', 'AES256-SHA'] },
    upstreamTLS+: { maximumVersion: '1.2' },
    accessLog+: { format: 'envoy', text: '%REQ(X-A):12% %START_TIME%\\n', level: 'error' },
    httpVersions: ['http/1.1'],
    timeouts+: { request: '10s', connectionIdle: 'infinity', streamIdle: '1m30s', maxConnectionDuration: '1h', delayedClose: '500ms', connectionShutdownGrace: '5s', connect: '3s' },
    headers+: { request+: { set: { 'X-A': 'b' }, remove: ['X-C'] }, response+: { set: { 'X-D': '%RESPONSE_FLAGS%' } }, applyToIngresses: true },
    serverHeader: 'pass_through', compression: 'brotli', trustedHops: 1, stripTrailingHostDot: true, mergeSlashes: false,
    disablePermitInsecure: true, externalNames: true, dnsLookupFamily: 'v4',
    limits+: { connections: 1000, requestsPerConnection: 5, requestsPerCycle: 10, bufferBytes: 32768, upstreamRequestsPerConnection: 7, upstreamBufferBytes: 9 },
    circuitBreakers: { maxConnections: 1, maxPendingRequests: 2, maxRequests: 3, maxRetries: 4, perHostMaxConnections: 5 },
    rateLimitService: { extensionService: 'a/b', domain: 'contour', failOpen: true },
    externalAuthorization: { extensionService: 'a/b', responseTimeout: '1s', withRequestBody: { maxRequestBytes: 1024 } },
    config+:: { tracing: { extensionService: 'tempo/collector' } },
  }`),
    ),
  );
  // Contour 1.33 reads exactly this (config.Parse with known fields only, and Validate).
  assert.deepEqual(full, {
    'accesslog-format': 'envoy',
    'accesslog-format-string': '%REQ(X-A):12% %START_TIME%\n',
    'accesslog-level': 'error',
    cluster: {
      'circuit-breakers': {
        'max-connections': 1,
        'max-pending-requests': 2,
        'max-requests': 3,
        'max-retries': 4,
        'per-host-max-connections': 5,
      },
      'dns-lookup-family': 'v4',
      'max-requests-per-connection': 7,
      'per-connection-buffer-limit-bytes': 9,
      'upstream-tls': { 'maximum-protocol-version': '1.2', 'minimum-protocol-version': '1.2' },
    },
    compression: { algorithm: 'brotli' },
    debug: true,
    'default-http-versions': ['http/1.1'],
    disableMergeSlashes: true,
    disablePermitInsecure: true,
    enableExternalNameService: true,
    'envoy-service-name': 'contour-envoy',
    'envoy-service-namespace': 'contour',
    globalExtAuth: { extensionService: 'a/b', responseTimeout: '1s', withRequestBody: { maxRequestBytes: 1024 } },
    'ingress-status-address': '192.0.2.1',
    listener: {
      'http2-max-concurrent-streams': 100,
      'max-connections-per-listener': 1000,
      'max-requests-per-connection': 5,
      'max-requests-per-io-cycle': 10,
      'per-connection-buffer-limit-bytes': 32768,
    },
    network: { 'num-trusted-hops': 1, 'strip-trailing-host-dot': true },
    policy: {
      applyToIngress: true,
      'request-headers': { remove: ['X-C'], set: { 'X-A': 'b' } },
      'response-headers': { set: { 'X-D': '%RESPONSE_FLAGS%' } },
    },
    rateLimitService: { domain: 'contour', extensionService: 'a/b', failOpen: true },
    serverHeaderTransformation: 'pass_through',
    timeouts: {
      'connect-timeout': '3s',
      'connection-idle-timeout': 'infinity',
      'connection-shutdown-grace-period': '5s',
      'delayed-close-timeout': '500ms',
      'max-connection-duration': '1h',
      'request-timeout': '10s',
      'stream-idle-timeout': '1m30s',
    },
    tls: {
      'cipher-suites': ['[ECDHE-RSA-AES128-GCM-SHA256|AES128-SHA]', 'AES256-SHA'],
      'envoy-client-certificate': { name: 'c', namespace: 'a' },
      'fallback-certificate': { name: 'b', namespace: 'a' },
      'maximum-protocol-version': '1.3',
      'minimum-protocol-version': '1.3',
    },
    tracing: { extensionService: 'tempo/collector' },
  });
});

test('a change of contour.yaml restarts Contour', async () => {
  const hashOf = (manifests: any[]) =>
    find(manifests, 'Deployment', 'contour').spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(hashOf(rendered.small), hashOf(await evaluate(app('{ trustedHops: 1 }'))));
});

test('every configuration is valid by the schemas of Kubernetes', () => {
  for (const manifests of Object.values(rendered)) valid(manifests as any[]);
});
