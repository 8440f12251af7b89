import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, argsOf, cluster, container, find, highlyAvailable, kindsOf, valid } from './contour-cluster.ts';
import { evaluate, evaluateAll, evaluateError } from './evaluate.ts';
import { clusterOf } from './fixture.ts';

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
  assert.ok(argsOf(envoy, 'bootstrap').includes('--overload-downstream-max-conn=6144'));
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

test('every mode is valid by the schemas of Kubernetes', () => {
  for (const manifests of Object.values(rendered)) valid(manifests as any[]);
});
