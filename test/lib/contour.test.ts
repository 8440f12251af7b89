import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { evaluate, evaluateAll, evaluateError } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { allows } from './network-policy.ts';

const lib = path.resolve(import.meta.dirname, '../../lib');

// A cluster with cert-manager and Contour, and whatever else a test brings.
const cluster = (settings: string, more = '', extra = '{}'): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { dns01: { cloudflare: { tokenSecret: { name: 'dns', key: 'token' } } } } },
      contour: (import 'contour/main.libsonnet') + ${settings},
      ${more}
    }`,
    `{ email: 'operator@test.example' } + ${extra}`,
  );

const app = (settings: string, more = '', extra = '{}', name = 'contour'): string =>
  `(${cluster(settings, more, extra)}).manifests('${name}')`;

const highlyAvailable = `{ profile: 'highly-available' }`;

const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.find((m) => m.kind === kind && m.metadata.name === name);
  assert.ok(found, `${kind}/${name} is not among ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`);
  return found;
};
const kindsOf = (manifests: any[], name: string): string[] =>
  manifests
    .filter((m) => m.metadata.name === name)
    .map((m) => m.kind)
    .sort();
const container = (workload: any, name: string): any =>
  [...workload.spec.template.spec.containers, ...(workload.spec.template.spec.initContainers ?? [])].find(
    (c: any) => c.name === name,
  );
const argsOf = (workload: any, name: string): string[] => container(workload, name).args;

const rendered = await evaluateAll({
  small: app('{}'),
  large: app('{}', '', highlyAvailable),
  smallDeployment: app(`{ envoyKind: 'deployment', replicas+: { envoy: 3 } }`),
  largeDaemonSet: app(`{ envoyKind: 'daemon-set' }`, '', highlyAvailable),
  drain: app(`{ drain+: { atLeast: 20, atMost: 120 } }`),
  balanced: app(
    `{ service+: { annotations: { a: 'b' }, externalTrafficPolicy: 'Cluster', loadBalancerClass: 'metallb', sourceRanges: ['192.0.2.0/24'] } }`,
  ),
  nodePort: app(`{ exposure: 'node-port', service+: { nodePorts: { http: 31080, https: 31443 } } }`),
  hostPort: app(`{ exposure: 'host-port' }`),
  edge: app(`{ ingressClass+: { name: 'edge', default: false }, proxyProtocol: true, rootNamespaces: ['a', 'b'] }`),
  strict: app(`{ ingressClass+: { default: false } }`),
});

test('small: one Contour, an Envoy on every node, nothing that needs two of them', () => {
  const manifests = rendered.small;
  assert.equal(find(manifests, 'Deployment', 'contour').spec.replicas, 1);
  assert.deepEqual(kindsOf(manifests, 'contour-envoy'), ['DaemonSet', 'NetworkPolicy', 'Service', 'ServiceAccount']);
  assert.deepEqual(
    manifests.filter((m: any) => m.kind === 'PodDisruptionBudget'),
    [],
  );
});

test('highly-available: two of each, spread, with budgets; Envoy is a Deployment that scales', async () => {
  const manifests = rendered.large;
  assert.equal(find(manifests, 'Deployment', 'contour').spec.replicas, 2);
  const envoy = find(manifests, 'Deployment', 'contour-envoy');
  assert.equal(envoy.spec.replicas, 2);
  assert.deepEqual(
    envoy.spec.template.spec.topologySpreadConstraints.map((c: any) => c.topologyKey),
    ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
  );
  for (const name of ['contour', 'contour-envoy']) find(manifests, 'PodDisruptionBudget', name);
  const { spec } = find(manifests, 'HorizontalPodAutoscaler', 'contour-envoy');
  assert.deepEqual([spec.minReplicas, spec.maxReplicas], [2, 6]);
  assert.deepEqual(spec.metrics[0].containerResource, {
    container: 'envoy',
    name: 'cpu',
    target: { type: 'Utilization', averageUtilization: 80 },
  });
  // The autoscaler's number must not be undone by Argo CD.
  assert.deepEqual(await evaluate(`(${cluster('{}', '', highlyAvailable)}).get('contour').ignoreDifferences`), [
    { group: 'apps', kind: 'Deployment', name: 'contour-envoy', jsonPointers: ['/spec/replicas'] },
  ]);
});

test('the kind of Envoy can be chosen apart from the profile', () => {
  assert.equal(find(rendered.smallDeployment, 'Deployment', 'contour-envoy').spec.replicas, 3);
  assert.deepEqual(kindsOf(rendered.largeDaemonSet, 'contour-envoy'), [
    'DaemonSet',
    'NetworkPolicy',
    'Service',
    'ServiceAccount',
  ]);
});

test('xDS: one authority signs both ends, the pods mount what it signed, and Envoy is told its files', () => {
  const manifests = rendered.small;
  const server = find(manifests, 'Certificate', 'contour-xds-server');
  const client = find(manifests, 'Certificate', 'contour-envoy-xds-client');
  assert.deepEqual(server.spec.issuerRef, client.spec.issuerRef);
  assert.equal(find(manifests, 'Issuer', server.spec.issuerRef.name).spec.ca.secretName, 'contour-xds-ca');
  // Envoy asks for this name, whatever the Service is called.
  assert.ok(server.spec.dnsNames.includes('contour'));
  assert.ok(server.spec.usages.includes('server auth') && client.spec.usages.includes('client auth'));

  const secretOf = (workload: any) =>
    workload.spec.template.spec.volumes.find((v: any) => v.name === 'certificate').secret.secretName;
  const contour = find(manifests, 'Deployment', 'contour');
  const envoy = find(manifests, 'DaemonSet', 'contour-envoy');
  assert.equal(secretOf(contour), server.spec.secretName);
  assert.equal(secretOf(envoy), client.spec.secretName);
  for (const flag of [
    '--contour-cafile=/certs/ca.crt',
    '--contour-cert-file=/certs/tls.crt',
    '--contour-key-file=/certs/tls.key',
  ]) {
    assert.ok(argsOf(contour, 'contour').includes(flag));
  }
  const bootstrap = argsOf(envoy, 'bootstrap');
  for (const flag of [
    '--xds-address=contour.contour.svc',
    '--envoy-cafile=/certs/ca.crt',
    '--resources-dir=/config/resources',
  ]) {
    assert.ok(bootstrap.includes(flag), flag);
  }
});

test('without cert-manager the app says who is missing, and the other apps are there', async () => {
  const alone = clusterOf(`{ contour: import 'contour/main.libsonnet', echo: echo }`);
  assert.match(
    await evaluateError(`(${alone}).manifests('contour')`),
    /contour needs "cert-manager", which is no component/,
  );
  assert.equal((await evaluate(`(${alone}).manifests('echo')`)).length, 4);
});

test('Envoy is hardened, ends slowly, and stops before its memory limit', () => {
  const envoy = find(rendered.drain, 'DaemonSet', 'contour-envoy');
  const pod = envoy.spec.template.spec;
  assert.equal(pod.terminationGracePeriodSeconds, 120);
  assert.equal(pod.automountServiceAccountToken, false);
  assert.equal(pod.securityContext.runAsUser, 65534);
  for (const { name, securityContext, resources } of [...pod.initContainers, ...pod.containers]) {
    assert.deepEqual(
      securityContext,
      {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      },
      name,
    );
    assert.ok(resources.requests.cpu && resources.requests.memory && resources.limits.memory, name);
  }
  assert.deepEqual(container(envoy, 'shutdown-manager').lifecycle.preStop.exec.command, [
    '/bin/contour',
    'envoy',
    'shutdown',
    '--check-delay=20s',
  ]);
  assert.deepEqual(container(envoy, 'envoy').lifecycle.preStop.httpGet, {
    path: '/shutdown',
    port: 8090,
    scheme: 'HTTP',
  });
  const heap = argsOf(envoy, 'bootstrap').find((flag) => flag.startsWith('--overload-max-heap='));
  assert.equal(heap, `--overload-max-heap=${Math.floor(384 * 1024 * 1024 * 0.9)}`);
  assert.ok(pod.volumes.every((v: any) => v.secret !== undefined || v.emptyDir.sizeLimit !== undefined));
});

test('300 seconds to end, unless told otherwise', () => {
  const envoy = find(rendered.small, 'DaemonSet', 'contour-envoy');
  assert.equal(envoy.spec.template.spec.terminationGracePeriodSeconds, 300);
});

test('exposure load-balancer: type, traffic policy, annotations, class and source ranges', () => {
  const plain = find(rendered.small, 'Service', 'contour-envoy');
  assert.equal(plain.spec.type, 'LoadBalancer');
  assert.equal(plain.spec.externalTrafficPolicy, 'Local');
  assert.deepEqual(
    plain.spec.ports.map((p: any) => [p.name, p.port, p.targetPort]),
    [
      ['http', 80, 'http'],
      ['https', 443, 'https'],
    ],
  );
  const { metadata, spec } = find(rendered.balanced, 'Service', 'contour-envoy');
  assert.deepEqual(metadata.annotations, { a: 'b' });
  assert.deepEqual(
    [spec.externalTrafficPolicy, spec.loadBalancerClass, spec.loadBalancerSourceRanges],
    ['Cluster', 'metallb', ['192.0.2.0/24']],
  );
});

test('exposure node-port: the numbers that are set', () => {
  const { spec } = find(rendered.nodePort, 'Service', 'contour-envoy');
  assert.equal(spec.type, 'NodePort');
  assert.deepEqual(
    spec.ports.map((p: any) => p.nodePort),
    [31080, 31443],
  );
});

test('exposure host-port: ports 80 and 443 of the node, and Pod Security loosened there alone, with the reason', async () => {
  const manifests = rendered.hostPort;
  const envoy = find(manifests, 'DaemonSet', 'contour-envoy');
  assert.deepEqual(
    container(envoy, 'envoy').ports.map((p: any) => [p.name, p.hostPort]),
    [
      ['http', 80],
      ['https', 443],
      ['metrics', undefined],
    ],
  );
  assert.equal(find(manifests, 'Service', 'contour-envoy').spec.type, undefined);

  const namespaceOf = (exposure: string) => `
    local c = ${cluster(`{ exposure: '${exposure}' }`)};
    { ports: c.get('contour').entryPorts, namespace: [m for m in c.manifests('cluster') if m.kind == 'Namespace' && m.metadata.name == 'contour'][0] }
  `;
  const modes = await evaluateAll(
    Object.fromEntries(['load-balancer', 'node-port', 'host-port'].map((mode) => [mode, namespaceOf(mode)])),
  );
  const level = (mode: string) => modes[mode].namespace.metadata.labels['pod-security.kubernetes.io/enforce'];
  assert.deepEqual(
    [level('load-balancer'), level('node-port'), level('host-port')],
    ['restricted', 'restricted', 'privileged'],
  );
  assert.match(modes['host-port'].namespace.metadata.annotations['rekindle/pod-security-reason'], /ports 80 and 443/);
  assert.deepEqual(
    [modes['load-balancer'].ports, modes['node-port'].ports, modes['host-port'].ports],
    [null, { http: 30080, https: 30443 }, { http: 80, https: 443 }],
  );
  for (const others of [rendered.small, rendered.nodePort]) assert.ok(!JSON.stringify(others).includes('hostPort'));
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

const mistakes: [settings: string, message: string][] = [
  [
    `{ exposure: 'host-prot' }`,
    `exposure: expected one of load-balancer, node-port, host-port, found "host-prot"; did you mean "host-port"?`,
  ],
  [
    `{ exposure: 'host-port', envoyKind: 'deployment' }`,
    `envoyKind: with exposure "host-port" Envoy is a daemon-set: two pods can't have the same port of a node`,
  ],
  [
    `{ autoscaling: { maxReplicas: 3, cpuUtilization: 80 } }`,
    `autoscaling: a daemon-set has one pod on every node; set envoyKind to "deployment", or autoscaling to null`,
  ],
  [
    `{ envoyKind: 'deployment', replicas+: { envoy: 5 }, autoscaling: { maxReplicas: 3, cpuUtilization: 80 } }`,
    `autoscaling.maxReplicas: fewer than replicas.envoy`,
  ],
  [
    `{ exposure: 'node-port', service+: { sourceRanges: ['10.0.0.0/8'] } }`,
    `service.sourceRanges: exposure "node-port" has no load balancer that keeps others out`,
  ],
  [
    `{ exposure: 'host-port', service+: { loadBalancerClass: 'x' } }`,
    `service.loadBalancerClass: exposure "host-port" has no load balancer`,
  ],
  [
    `{ service+: { nodePorts: { http: 30080, https: 30080 } } }`,
    `service.nodePorts: http and https need different ports`,
  ],
  [`{ drain+: { atLeast: 300 } }`, `drain.atLeast: it must be shorter than drain.atMost`],
  [
    `{ tls+: { minimumVersion: '1.3', maximumVersion: '1.2' } }`,
    `tls.minimumVersion: 1.3 is newer than maximumVersion 1.2`,
  ],
  [
    `{ tls+: { minimumVersion: '1.1' } }`,
    `tls.minimumVersion: expected one of 1.2, 1.3, found "1.1"; did you mean "1.2"?`,
  ],
  [
    `{ upstreamTLS+: { cipherSuites: ['[AES128-SHA|AES999-SHA]'] } }`,
    `upstreamTLS.cipherSuites: Envoy has no cipher suite "AES999-SHA"; did you mean "AES128-SHA"?`,
  ],
  [
    `{ timeouts+: { request: 'forever' } }`,
    `timeouts.request: expected a duration such as 30s or 1m30s, or infinity, found forever`,
  ],
  [
    `{ timeouts+: { connect: 'infinity' } }`,
    `timeouts.connect: expected a duration in hours, minutes and seconds such as 2160h or 1m30s, found infinity`,
  ],
  [
    `{ accessLog+: { fields+: ['reqeust_id'] } }`,
    `accessLog.fields: Contour has no field "reqeust_id"; did you mean "request_id"?`,
  ],
  [
    `{ accessLog+: { fields+: ['size=%BYTES_SEND%'] } }`,
    `accessLog.fields: size: Envoy has no operator "BYTES_SEND"; did you mean "BYTES_SENT"?`,
  ],
  [`{ accessLog+: { format: 'envoy', text: '%REQ%\\n' } }`, `accessLog.text: REQ needs an argument`],
  [`{ accessLog+: { format: 'envoy', text: '%DURATION%' } }`, `accessLog.text: it must end with a line break`],
  [`{ accessLog+: { text: '%DURATION%\\n' } }`, `accessLog.text: it needs accessLog.format "envoy"`],
  [
    `{ headers+: { request+: { set: { 'X A': 'b' } } } }`,
    `headers.request: "X A" is no name of a header: letters, digits and dashes`,
  ],
  [`{ limits+: { connections: 0 } }`, `limits.connections: at least 1, or null for no bound`],
  [
    `{ rateLimitService: { extensionService: 'limits' } }`,
    `rateLimitService.extensionService: expected namespace/name, found limits`,
  ],
  [
    `{ httpVersions: ['http/3'] }`,
    `httpVersions[0]: expected one of http/1.1, http/2, found "http/3"; did you mean "http/2"?`,
  ],
];

const problemsOf = (code: string, name: string): string =>
  `local c = ${code}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('${name}'))`;

test('refused, with the way out: settings that Contour, Envoy or Kubernetes would refuse', async () => {
  const found = await evaluateAll(
    Object.fromEntries(mistakes.map(([settings]) => [settings, problemsOf(cluster(settings), 'contour')])),
  );
  for (const [settings, message] of mistakes)
    assert.deepEqual(found[settings], [`test: components.contour.${message}`], settings);
});

test('a refused setting fails the app', async () => {
  const [settings, message] = mistakes[1]!;
  assert.equal(await evaluateError(app(settings)), `test: components.contour.${message}`);
});

test('two instances live side by side: no identity twice, one set of definitions, one default class', async () => {
  const { apps, base } = await evaluate(`
    local c = ${cluster('{}', `'contour-internal': (import 'contour/main.libsonnet') { name: 'contour-internal' },`)};
    {
      apps: c.manifests('contour') + c.manifests('contour-internal'),
      base: [m { spec:: null, group: m.spec.group } for m in c.manifests('cluster') if m.kind == 'CustomResourceDefinition'],
    }
  `);
  const identity = (m: any) => `${m.apiVersion} ${m.kind} ${m.metadata.namespace ?? ''}/${m.metadata.name}`;
  for (const manifests of [apps, base]) {
    const all = manifests.map(identity);
    assert.deepEqual(
      all.filter((id: string, i: number) => all.indexOf(id) !== i),
      [],
    );
  }
  assert.equal(base.filter((m: any) => m.group === 'projectcontour.io').length, 5);
  assert.equal(apps.filter((m: any) => m.kind === 'IngressClass' && m.metadata.annotations !== undefined).length, 1);
  const inner = find(apps, 'Deployment', 'contour-internal');
  assert.ok(argsOf(inner, 'contour').includes('--ingress-class-name=contour-internal'));
  assert.ok(argsOf(inner, 'contour').includes('--leader-election-resource-name=contour-internal'));
});

// ---- what components expose ----

const site = `{ site: { host: 'site.test.example', workload: 'server', port: 'http' } }`;
const blog = (exposes: string, name = 'blog') => `${name}: echo { name: '${name}', exposes:: ${exposes} },`;

test('a component that exposes a host gets its certificate and its HTTPProxy in its own app', async () => {
  const { blog: manifests, contour } = await evaluateAll({
    blog: app('{}', blog(site), '{}', 'blog'),
    contour: app('{}', blog(site)),
  });
  const certificate = find(manifests, 'Certificate', 'site.test.example');
  assert.deepEqual(certificate.spec.dnsNames, ['site.test.example']);
  assert.deepEqual(certificate.spec.issuerRef, {
    group: 'cert-manager.io',
    kind: 'ClusterIssuer',
    name: 'letsencrypt-production',
  });
  const proxy = find(manifests, 'HTTPProxy', 'blog-site');
  assert.equal(proxy.metadata.namespace, 'blog');
  assert.deepEqual(proxy.spec, {
    ingressClassName: 'contour',
    virtualhost: { fqdn: 'site.test.example', tls: { secretName: certificate.spec.secretName } },
    routes: [{ conditions: [{ prefix: '/' }], services: [{ name: 'blog', port: 8080 }] }],
  });
  assert.deepEqual(
    contour.filter((m: any) => m.kind === 'HTTPProxy'),
    [],
  );
});

test('what Contour itself waits for is published by its own app, in the namespace of who exposes', async () => {
  const more = `early: echo { name: 'early', exposes:: ${site} },`;
  const early = `{ components+:: { 'cert-manager'+: { after:: ['early'] } } }`;
  const { contour, own } = await evaluateAll({ contour: app('{}', more, early), own: app('{}', more, early, 'early') });
  assert.equal(find(contour, 'HTTPProxy', 'early-site').metadata.namespace, 'early');
  assert.equal(find(contour, 'Certificate', 'site.test.example').metadata.namespace, 'early');
  assert.deepEqual(
    own.filter((m: any) => ['HTTPProxy', 'Certificate'].includes(m.kind)),
    [],
  );
});

test('policies: Envoy reaches what is exposed, users reach Envoy, and nothing else is open', async () => {
  const manifests = await evaluate(`
    local c = ${cluster('{}', `${blog(site)} quiet: echo { name: 'quiet' },`)};
    c.manifests('contour') + c.manifests('blog') + c.manifests('quiet')
  `);
  const policies = manifests.filter((m: any) => m.kind === 'NetworkPolicy');
  const pod = (namespace: string, name: string, instance = namespace) => ({
    pod: { namespace, labels: { 'app.kubernetes.io/instance': instance, 'app.kubernetes.io/name': name } },
  });
  const tcp = (port: number) => ({ port, protocol: 'TCP' });
  const envoy = pod('contour', 'contour-envoy');
  const world = { address: 'public' } as const;
  assert.ok(allows(policies, envoy, pod('blog', 'blog'), tcp(8080)));
  assert.ok(!allows(policies, envoy, pod('quiet', 'quiet'), tcp(8080)));
  assert.ok(allows(policies, world, envoy, tcp(8080)) && allows(policies, world, envoy, tcp(8443)));
  assert.ok(!allows(policies, world, envoy, tcp(8002)));
  assert.ok(allows(policies, envoy, pod('contour', 'contour'), tcp(8001)));
  assert.ok(!allows(policies, world, pod('contour', 'contour'), tcp(8001)));
  assert.ok(!allows(policies, pod('blog', 'blog'), pod('contour', 'contour'), tcp(8001)));
  assert.ok(!allows(policies, envoy, world, tcp(443)));
});

test('tokens: Envoy may fetch the keys, on the port of their URL', async () => {
  const jwt = `{ site: { host: 'site.test.example', workload: 'server', port: 'http', jwt: { issuer: 'i', jwks: 'https://id.test.example:8443/keys' } } }`;
  const manifests = await evaluate(app('{}', blog(jwt)));
  const { egress } = find(manifests, 'NetworkPolicy', 'contour-envoy').spec;
  assert.ok(
    egress.some((rule: any) => rule.ports.some((p: any) => p.port === 8443) && rule.to[0].ipBlock !== undefined),
  );
});

test('a wildcard certificate stays in one namespace and is delegated to who publishes below it', async () => {
  const settings = `{ wildcardDomains: ['test.example'] }`;
  const more = `${blog(site)} ${blog(`{ deep: { host: 'a.b.test.example', workload: 'server', port: 'http' } }`, 'deep')}`;
  const { contour, own, deep } = await evaluateAll({
    contour: app(settings, more),
    own: app(settings, more, '{}', 'blog'),
    deep: app(settings, more, '{}', 'deep'),
  });
  assert.deepEqual(find(contour, 'Certificate', 'wildcard.test.example').spec.dnsNames, ['*.test.example']);
  assert.deepEqual(find(contour, 'TLSCertificateDelegation', 'contour').spec.delegations, [
    { secretName: 'wildcard.test.example', targetNamespaces: ['blog', 'deep'] },
  ]);
  assert.equal(find(own, 'HTTPProxy', 'blog-site').spec.virtualhost.tls.secretName, 'contour/wildcard.test.example');
  assert.deepEqual(
    own.filter((m: any) => m.kind === 'Certificate'),
    [],
  );
  // A wildcard is good for one label, no more.
  find(deep, 'Certificate', 'a.b.test.example');
});

test('a fallback certificate is delegated, and used where it is asked for', async () => {
  const settings = `{ fallbackCertificate: { namespace: 'contour', name: 'fallback' } }`;
  const more = blog(`{ site: { host: 'site.test.example', workload: 'server', port: 'http', fallback: true } }`);
  const { contour, own } = await evaluateAll({ contour: app(settings, more), own: app(settings, more, '{}', 'blog') });
  assert.deepEqual(find(contour, 'TLSCertificateDelegation', 'contour').spec.delegations, [
    { secretName: 'fallback', targetNamespaces: ['blog'] },
  ]);
  const { tls } = find(own, 'HTTPProxy', 'blog-site').spec.virtualhost;
  assert.deepEqual(tls, { secretName: 'site.test.example', enableFallbackCertificate: true });
});

test('HTTP-01: Envoy reaches the solver in the namespace of the certificate, and only where one is made', async () => {
  const http01 = `{ components+:: { 'cert-manager'+: { acme+: { dns01: {}, http01+: { enabled: true } } } } }`;
  const manifests = await evaluate(`
    local c = ${cluster('{}', `${blog(site)} quiet: echo { name: 'quiet' },`, http01)};
    c.manifests('contour') + c.manifests('blog') + c.manifests('quiet') + [
      m for m in c.manifests('cluster') if m.kind == 'NetworkPolicy'
    ]
  `);
  const policies = manifests.filter((m: any) => m.kind === 'NetworkPolicy');
  const envoy = {
    pod: {
      namespace: 'contour',
      labels: { 'app.kubernetes.io/instance': 'contour', 'app.kubernetes.io/name': 'contour-envoy' },
    },
  };
  const solver = (namespace: string) => ({
    pod: { namespace, labels: { 'acme.cert-manager.io/http01-solver': 'true' } },
  });
  const port = { port: 8089, protocol: 'TCP' };
  assert.ok(allows(policies, envoy, solver('blog'), port));
  assert.ok(!allows(policies, envoy, solver('quiet'), port));
  assert.ok(!allows(policies, { address: 'public' }, solver('blog'), port));
  assert.ok(!allows(policies, solver('blog'), { address: 'public' }, { port: 443, protocol: 'TCP' }));

  const dns01 = await evaluate(app('{}', blog(site), '{}', 'blog'));
  assert.ok(!dns01.some((m: any) => m.metadata.name.includes('acme-solver')));
});

test('passthrough: Envoy chooses by name, TLS ends at the workload, no certificate is made', async () => {
  const exposes = `{ site: { host: 'site.test.example', workload: 'server', port: 'http', servicePort: 443, passthrough: true } }`;
  const manifests = await evaluate(app('{}', blog(exposes), '{}', 'blog'));
  assert.deepEqual(find(manifests, 'HTTPProxy', 'blog-site').spec, {
    ingressClassName: 'contour',
    virtualhost: { fqdn: 'site.test.example', tls: { passthrough: true } },
    tcpproxy: { services: [{ name: 'blog', port: 443 }] },
  });
  assert.deepEqual(
    manifests.filter((m: any) => m.kind === 'Certificate'),
    [],
  );
});

const base = `host: 'site.test.example', workload: 'server', port: 'http'`;
const wrongExposures: [exposure: string, message: string, settings?: string][] = [
  [`{ ${base}, websocket: true }`, `exposes.site: unknown field "websocket"; did you mean "websockets"?`],
  [`{ workload: 'server', port: 'http' }`, `exposes.site: set host, Name that clients ask for.`],
  [
    `{ host: 'site.test.example', workload: 'sever', port: 'http' }`,
    `exposes.site.workload: blog has no workload "sever"; did you mean "server"?`,
  ],
  [
    `{ host: 'site.test.example', workload: 'server', port: 'htp' }`,
    `exposes.site.port: blog has no port "htp"; did you mean "http"?`,
  ],
  [`{ host: 'site.test.example', workload: 'server' }`, `exposes.site: set port, one of http`],
  [`{ host: 'site.test.example', port: 'http' }`, `exposes.site: set workload, which program serves it`],
  [
    `{ ${base}, timeout: { response: 'long' } }`,
    `exposes.site.timeout.response: expected a duration such as 30s or 1m30s, or infinity, found long`,
  ],
  [`{ ${base}, routes: [{ path: 'api' }] }`, `exposes.site.routes[0].path: a path begins with /`],
  [`{ ${base}, routes: [{ path: '/a', exact: '/a' }] }`, `exposes.site.routes[0]: choose one of path and exact`],
  [
    `{ ${base}, routes: [{ exact: '/a', rewrite: '/' }] }`,
    `exposes.site.routes[0].rewrite: it replaces a path, and here is exact`,
  ],
  [
    `{ ${base}, routes: [{ path: '/', workload: 'worker' }] }`,
    `exposes.site.routes[0].workload: blog has no workload "worker"; known: server`,
  ],
  [`{ ${base}, routes: [{ path: '/', jwt: false }] }`, `exposes.site.routes[0].jwt: the host asks for no token`],
  [`{ ${base}, fallback: true }`, `exposes.site.fallback: set contour.fallbackCertificate`],
  [
    `{ ${base}, passthrough: true, routes: [{ path: '/' }] }`,
    `exposes.site.routes: with passthrough Envoy sees no requests`,
  ],
  [
    `{ ${base}, permitInsecure: true }`,
    `exposes.site.permitInsecure: contour.disablePermitInsecure forbids it`,
    '{ disablePermitInsecure: true }',
  ],
  [
    `{ ${base}, fallback: true, clientCertificate: { caSecret: 'ca' } }`,
    `exposes.site.fallback: Contour allows no clientCertificate beside it`,
    `{ fallbackCertificate: { namespace: 'contour', name: 'fallback' } }`,
  ],
];

test('refused, with the way out: wrong descriptions in exposes', async () => {
  const found = await evaluateAll(
    Object.fromEntries(
      wrongExposures.map(([exposure, , settings = '{}']) => [
        exposure,
        problemsOf(cluster(settings, blog(`{ site: ${exposure} }`)), 'blog'),
      ]),
    ),
  );
  for (const [exposure, message] of wrongExposures)
    assert.deepEqual(found[exposure], [`test: components.blog.${message}`], exposure);
});

test('a mistake in what a component exposes fails its own app, not that of Contour', async () => {
  const wrong = [
    `{ host: 'site.test.example', workload: 'sever', port: 'http' }`,
    `{ hots: 'x' }`,
    `'site.test.example'`,
    `{ host: 'site.test.example', workload: 'server', port: 'http', routes: '/' }`,
    `{ host: 'site.test.example', workload: 'server', port: 'http', jwt: { issuer: 'x', jwks: 'nowhere' } }`,
  ].map((exposure) => blog(`{ site: ${exposure} }`));
  assert.match(await evaluateError(app('{}', wrong[0], '{}', 'blog')), /components\.blog\.exposes\.site/);
  const found = await evaluateAll(
    Object.fromEntries(wrong.map((more) => [more, problemsOf(cluster('{}', more), 'blog')])),
  );
  for (const more of wrong) assert.ok(found[more].length > 0, more);
  const lengths = await evaluateAll(Object.fromEntries(wrong.map((more) => [more, `std.length(${app('{}', more)})`])));
  for (const more of wrong) assert.ok(lengths[more] > 10, more);
});

test("a mistake in what is published by Contour's app fails the app of who exposes it", async () => {
  const more = `early: echo { name: 'early', exposes:: { site: { host: 'x.example', workload: 'sever', port: 'http' } } },`;
  const early = `{ components+:: { 'cert-manager'+: { after:: ['early'] } } }`;
  assert.match(await evaluateError(app('{}', more, early, 'early')), /early has no workload "sever"/);
  assert.deepEqual(
    (await evaluate(app('{}', more, early))).filter((m: any) => m.kind === 'HTTPProxy'),
    [],
  );
});

// ---- the examples of README.md ----

const readme = readFileSync(path.join(lib, 'contour/README.md'), 'utf8');
const examples = [...readme.matchAll(/```jsonnet exposes\n([\s\S]*?)```/g)].map((match) => match[1]!);

const checker = loadChecker({ root: path.resolve(lib, '..'), kubernetes: '1.36' });
const valid = (manifests: any[]): void =>
  assert.deepEqual(
    manifests.flatMap((manifest) => checker.check(manifest)),
    [],
  );

const specs: any[] = await (async () => {
  const more = (example: string) =>
    `blog: echo { name: 'blog', workloads+:: { server+: { ports+: { https: 8443 } } }, exposes:: ${example} },`;
  const manifests = await evaluateAll(
    Object.fromEntries(examples.map((example, i) => [i, app('{}', more(example), '{}', 'blog')])),
  );
  const proxies = examples.map((_, i) => manifests[i].find((m: any) => m.kind === 'HTTPProxy'));
  valid(proxies);
  return proxies.map((proxy) => proxy.spec);
})();

test('README.md has examples, and each gives an HTTPProxy by the schema of its CustomResourceDefinition', () => {
  assert.equal(specs.length, 5);
});

test('README: routes inherit from the host, and may rewrite, retry, redirect and answer', () => {
  const { routes } = specs[1];
  const services = [{ name: 'blog', port: 8080 }];
  assert.deepEqual(routes, [
    { conditions: [{ prefix: '/' }], services, timeoutPolicy: { response: '30s' } },
    {
      conditions: [{ prefix: '/api' }],
      services,
      timeoutPolicy: { response: '30s' },
      pathRewritePolicy: { replacePrefix: [{ prefix: '/api', replacement: '/' }] },
      retryPolicy: { count: 2, perTryTimeout: '5s', retryOn: ['gateway-error', 'connect-failure'] },
    },
    {
      conditions: [{ prefix: '/live' }],
      services,
      enableWebsockets: true,
      timeoutPolicy: { response: 'infinity', idle: '1h' },
    },
    {
      conditions: [{ prefix: '/downloads' }],
      services,
      timeoutPolicy: { response: 'infinity' },
      rateLimitPolicy: { local: { requests: 10, unit: 'minute' } },
    },
    {
      conditions: [{ exact: '/old' }],
      requestRedirectPolicy: { path: '/new', statusCode: 301 },
      timeoutPolicy: { response: '30s' },
    },
    {
      conditions: [{ exact: '/robots.txt' }],
      directResponsePolicy: { statusCode: 200, body: 'User-agent: *\nDisallow: /\n' },
      timeoutPolicy: { response: '30s' },
    },
  ]);
});

test('README: gRPC by a header, and a checked certificate of the workload', () => {
  const { routes } = specs[2];
  assert.deepEqual(routes[1], {
    conditions: [{ prefix: '/' }, { header: { name: 'content-type', contains: 'application/grpc' } }],
    services: [{ name: 'blog', port: 8080, protocol: 'h2c' }],
  });
  assert.deepEqual(routes[2].services, [
    {
      name: 'blog',
      port: 8443,
      protocol: 'h2',
      validation: { caSecret: 'server-tls', subjectName: 'server.blog.svc' },
    },
  ]);
});

test('README: CORS, tokens, headers and addresses', () => {
  const { virtualhost, routes } = specs[3];
  assert.deepEqual(virtualhost.corsPolicy.allowOrigin, ['https://app.example.org']);
  assert.deepEqual(virtualhost.jwtProviders, [
    {
      name: 'jwt',
      default: true,
      issuer: 'https://id.example.org',
      audiences: ['api'],
      remoteJWKS: { uri: 'https://id.example.org/keys' },
    },
  ]);
  assert.deepEqual(routes[0].responseHeadersPolicy, {
    set: [{ name: 'Strict-Transport-Security', value: 'max-age=31536000' }],
    remove: ['Server'],
  });
  assert.deepEqual(routes[1].jwtVerificationPolicy, { disabled: true });
  assert.deepEqual(routes[1].ipAllowPolicy, [{ source: 'Remote', cidr: '10.0.0.0/8' }]);
});

test('README: a patch reaches what there is no word for', () => {
  const { virtualhost } = specs[4];
  assert.deepEqual(virtualhost.rateLimitPolicy, { local: { requests: 100, unit: 'second' } });
  assert.equal(virtualhost.fqdn, 'blog.example.org');
});

test('every mode is valid by the schemas of Kubernetes', () => {
  for (const manifests of Object.values(rendered)) valid(manifests as any[]);
});

test('a component may build an HTTPProxy by itself', async () => {
  const manifests = await evaluate(
    app(
      '{}',
      `blog: echo {
        local this = self, name: 'blog',
        calls:: [{ from: { component: 'contour', workload: 'envoy' }, to: 'server', port: 'http' }],
        resources+:: { site: (import 'contour/proxy.libsonnet').httpProxy(this, 'site', ${site}.site, secretName='site-tls') },
      },`,
      '{}',
      'blog',
    ),
  );
  assert.equal(find(manifests, 'HTTPProxy', 'blog-site').spec.virtualhost.tls.secretName, 'site-tls');
  const { ingress } = find(manifests, 'NetworkPolicy', 'blog').spec;
  assert.equal(ingress[0].from[0].podSelector.matchLabels['app.kubernetes.io/name'], 'contour-envoy');
});

test('README: the patch of Envoy and the second instance hold', async () => {
  const [patch, second] = [...readme.matchAll(/```jsonnet\n([\s\S]*?)```/g)].map((match) =>
    cluster('{}', '', `{ ${match[1]!.replace('components+:', 'components+::')} }`),
  );
  const { envoy, problems, inner } = await evaluateAll({
    envoy: `(${patch}).manifests('contour')`,
    problems: problemsOf(second!, 'contour-internal'),
    inner: `(${second}).manifests('contour-internal')`,
  });
  const { nodeSelector, tolerations } = find(envoy, 'DaemonSet', 'contour-envoy').spec.template.spec;
  assert.deepEqual(nodeSelector, { 'ingress-ready': 'true', 'kubernetes.io/os': 'linux' });
  assert.equal(tolerations.length, 1);
  assert.deepEqual(problems, []);
  const service = find(inner, 'Service', 'contour-internal-envoy');
  assert.deepEqual(Object.values(service.metadata.annotations), ['true']);
});
