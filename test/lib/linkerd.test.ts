import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsOf } from './hardening.ts';
import { evaluate } from './evaluate.ts';
import { find, highlyAvailable, manifestsOf, podOf, withLinkerd } from './linkerd-cluster.ts';

const small = await manifestsOf('linkerd');
const large = await manifestsOf('linkerd', { extra: highlyAvailable });
const deployments = ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector'];
const proxyOf = (pod: any): any => pod.initContainers.find((c: any) => c.name === 'linkerd-proxy');
const valueOf = (container: any, name: string): any => {
  const { value, valueFrom } = container.env.find((variable: any) => variable.name === name);
  return value ?? valueFrom;
};

test('Git holds no key and no certificate, and nothing that the next render would have otherwise', async () => {
  for (const manifest of [...small, ...large]) {
    assert.notEqual(manifest.kind, 'Secret');
    assert.doesNotMatch(JSON.stringify(manifest), /-----BEGIN|caBundle/);
  }
  assert.deepEqual(await manifestsOf('linkerd'), small);
});

test('small: one of each, and pods start without the injector when it is away', () => {
  for (const name of deployments) assert.equal(find(small, 'Deployment', name).spec.replicas, 1);
  const policies = small.flatMap((m) => m.webhooks ?? []).map((webhook: any) => webhook.failurePolicy);
  assert.deepEqual(policies, ['Ignore', 'Ignore', 'Ignore']);
  assert.deepEqual(
    small.filter((m) => m.kind === 'PodDisruptionBudget'),
    [],
  );
});

test('highly-available: three of each on nodes of their own, drained one at a time, and no pod without its proxy', () => {
  for (const name of deployments) {
    const { spec } = find(large, 'Deployment', name);
    assert.equal(spec.replicas, 3);
    const [term] = spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.equal(term.topologyKey, 'kubernetes.io/hostname');
    assert.deepEqual(term.labelSelector.matchLabels, spec.selector.matchLabels);
    assert.equal(find(large, 'PodDisruptionBudget', name).spec.maxUnavailable, 1);
  }
  const policies = large.flatMap((m) => m.webhooks ?? []).map((webhook: any) => webhook.failurePolicy);
  assert.deepEqual(policies, ['Fail', 'Fail', 'Fail']);
});

test('an anchor signs the issuer, by the name that identity asks for; trust-manager hands the anchor out', () => {
  const anchor = find(small, 'Certificate', 'linkerd-trust-anchor-1');
  assert.equal(anchor.metadata.namespace, 'cert-manager');
  assert.equal(anchor.spec.isCA, true);
  assert.equal(anchor.spec.privateKey.rotationPolicy, 'Never');
  assert.deepEqual(find(small, 'ClusterIssuer', 'linkerd-trust-anchor-1').spec, {
    ca: { secretName: 'linkerd-trust-anchor-1' },
  });
  const { spec } = find(small, 'Certificate', 'linkerd-identity-issuer');
  assert.deepEqual(spec.issuerRef, { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'linkerd-trust-anchor-1' });
  assert.deepEqual(spec.dnsNames, ['identity.linkerd.cluster.local']);
  assert.equal(spec.privateKey.rotationPolicy, 'Always');
  assert.deepEqual(find(small, 'Bundle', 'linkerd-identity-trust-roots').spec, {
    sources: [{ secret: { name: 'linkerd-trust-anchor-1', key: 'tls.crt' } }],
    target: {
      configMap: { key: 'ca-bundle.crt' },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'linkerd' } },
    },
  });
});

test('a rotation is three changes of one list: both are trusted, the other signs, the old one goes', async () => {
  const steps = ['1', '1,2', '2,1', '2'].map((text) => text.split(','));
  const seen = await evaluate(`[
    local linkerd = step;
    {
      trusted: [source.secret.name for source in linkerd.certificates.trustRoots.spec.sources],
      signs: linkerd.certificates.issuer.spec.issuerRef.name,
      anchors: std.objectFields(linkerd.certificates.anchors),
      pods: linkerd.workload.identity.deployment.spec.template.metadata.annotations['rekindle/trust-anchors'],
    }
    for step in [${steps
      .map((anchors) =>
        withLinkerd(`cluster.get('linkerd').resources`, { linkerd: `anchors: ${JSON.stringify(anchors)}` }),
      )
      .join(', ')}]
  ]`);
  const named = (anchors: string[]): string[] => anchors.map((anchor) => `linkerd-trust-anchor-${anchor}`);
  assert.deepEqual(
    seen,
    steps.map((anchors) => ({
      trusted: named(anchors),
      signs: named(anchors)[0],
      anchors: [...anchors].sort(),
      // So that the control plane, which knows them from its start, starts anew at each step.
      pods: anchors.join(','),
    })),
  );
});

test('the API server verifies each webhook by a certificate for its Service', () => {
  const webhooks = small.filter((m) => m.kind.endsWith('WebhookConfiguration'));
  assert.equal(webhooks.length, 3);
  for (const { metadata, webhooks: registered } of webhooks) {
    const [namespace, name] = metadata.annotations['cert-manager.io/inject-ca-from'].split('/');
    const { service } = registered[0].clientConfig;
    assert.equal(namespace, 'linkerd');
    assert.deepEqual(find(small, 'Certificate', name).spec.dnsNames, [`${service.name}.linkerd.svc`]);
    const mounted = deployments
      .flatMap((one) => podOf(small, one).volumes)
      .map(({ secret }: any) => secret?.secretName);
    assert.ok(mounted.includes(name), name);
    const port = find(small, 'Service', service.name).spec.ports[0];
    assert.equal(port.port, 443);
    const ports = deployments.flatMap((one) => podOf(small, one).containers).flatMap((c: any) => c.ports);
    assert.ok(
      ports.some((one: any) => one.name === port.targetPort),
      port.targetPort,
    );
  }
});

test('the injector is not asked about what must start while it is away', () => {
  const { webhooks } = find(small, 'MutatingWebhookConfiguration', 'linkerd-proxy-injector-webhook-config');
  const [, names] = webhooks[0].namespaceSelector.matchExpressions;
  assert.deepEqual(names, {
    key: 'kubernetes.io/metadata.name',
    operator: 'NotIn',
    values: ['cert-manager', 'kube-system', 'trust-manager'],
  });
});

test('each pod of the control plane brings its own proxy, which does without what it needs itself', () => {
  const identity = proxyOf(podOf(small, 'linkerd-identity'));
  const destination = proxyOf(podOf(small, 'linkerd-destination'));
  const injector = proxyOf(podOf(small, 'linkerd-proxy-injector'));
  for (const proxy of [identity, destination, injector]) {
    assert.equal(proxy.restartPolicy, 'Always');
    assert.equal(proxy.securityContext.runAsUser, 2102);
    assert.deepEqual(valueOf(proxy, 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS'), {
      configMapKeyRef: { name: 'linkerd-identity-trust-roots', key: 'ca-bundle.crt' },
    });
    // Kubernetes replaces $(…) by variables that stand before.
    const known = new Set<string>();
    for (const { name, value = '' } of proxy.env) {
      for (const [, used] of value.matchAll(/\$\((\w+)\)/g)) assert.ok(known.has(used), `${name} uses ${used}`);
      known.add(name);
    }
  }
  assert.equal(valueOf(identity, 'LINKERD2_PROXY_IDENTITY_SVC_ADDR'), 'localhost.:8080');
  assert.equal(
    valueOf(injector, 'LINKERD2_PROXY_IDENTITY_SVC_ADDR'),
    'linkerd-identity-headless.linkerd.svc.cluster.local.:8080',
  );
  assert.equal(valueOf(destination, 'LINKERD2_PROXY_DESTINATION_SVC_ADDR'), 'localhost.:8086');
  assert.equal(valueOf(destination, 'LINKERD2_PROXY_POLICY_SVC_ADDR'), 'localhost.:8090');
  assert.equal(valueOf(identity, 'LINKERD2_PROXY_INBOUND_PORTS_REQUIRE_TLS'), '8080');
  assert.equal(valueOf(identity, 'LINKERD2_PROXY_INBOUND_PORTS'), '8080,9990');
  // It gets its certificate from the program beside it: neither may wait for the other.
  assert.equal(identity.startupProbe, undefined);
  assert.equal(destination.startupProbe.failureThreshold, 120);
});

test('only the programs have the token of the ServiceAccount, and everything is hardened but for linkerd-init', () => {
  for (const name of deployments) {
    const pod = podOf(small, name);
    assert.equal(pod.automountServiceAccountToken, false);
    const mounts = (container: any): string[] => container.volumeMounts.map((mount: any) => mount.name);
    for (const container of pod.initContainers) assert.ok(!mounts(container).includes('kube-api-access'));
    for (const container of pod.containers) assert.ok(mounts(container).includes('kube-api-access'));
    assert.deepEqual(gapsOf(pod, 'Deployment'), ['linkerd-init adds capabilities']);
  }
});

test('the injector is told what the settings say', async () => {
  const [config] = (
    await manifestsOf('linkerd', {
      linkerd: `proxy+: { cpu: '7m', memory: '30Mi', accessLog: 'json', workers: 2 }, inboundPolicy: 'deny', opaquePorts: [25], ipv6: true`,
      extra: `{ registry+: { mirrors: { 'cr.l5d.io': 'mirror.example.org:5000/l5d' } } }`,
    })
  ).filter((m) => m.metadata.name === 'linkerd-config');
  const values = JSON.parse(config.data.values);
  const { proxy } = values;
  assert.deepEqual(proxy.resources.cpu, { request: '7m', limit: '' });
  assert.equal(proxy.resources.memory.request, '30Mi');
  assert.deepEqual(proxy.image, {
    name: 'mirror.example.org:5000/l5d/linkerd/proxy',
    pullPolicy: 'IfNotPresent',
    version: 'edge-26.1.1',
  });
  assert.deepEqual(
    [proxy.accessLog, proxy.defaultInboundPolicy, proxy.opaquePorts, proxy.runtime.workers.minimum, values.disableIPv6],
    ['json', 'deny', '25', 2, false],
  );
  assert.equal(values.identity.externalCA, true);
});

test('with the plugin on the nodes no pod may change its network, and namespaces stay restricted', async () => {
  const cni = 'enabled: true';
  const { level, apps, waves } = await evaluate(
    withLinkerd(
      `{
        level: { [m.metadata.name]: m.metadata.labels['pod-security.kubernetes.io/enforce'] for m in cluster.manifests('cluster') if m.kind == 'Namespace' },
        apps: { linkerd: cluster.manifests('linkerd'), cni: cluster.manifests('linkerd-cni') },
        waves: cluster.waves,
      }`,
      { cni },
    ),
  );
  assert.equal(level.linkerd, 'restricted');
  assert.equal(level['linkerd-cni'], 'privileged');
  assert.ok(waves.linkerd > waves['linkerd-cni']);
  for (const name of deployments) {
    const pod = podOf(apps.linkerd, name);
    assert.deepEqual(gapsOf(pod, 'Deployment'), []);
    assert.equal(pod.initContainers[0].name, 'linkerd-network-validator');
    const { annotations } = find(apps.linkerd, 'Deployment', name).spec.template.metadata;
    assert.equal(annotations['config.linkerd.io/skip-outbound-ports'], '443,6443');
  }
  const values = JSON.parse(find(apps.linkerd, 'ConfigMap', 'linkerd-config').data.values);
  assert.equal(values.cniEnabled, true);
  const pod = find(apps.cni, 'DaemonSet', 'linkerd-cni').spec.template.spec;
  assert.deepEqual(gapsOf(pod, 'DaemonSet'), [
    'mounts hostPath cni-bin-dir',
    'mounts hostPath cni-net-dir',
    'install-cni may run as root',
    'install-cni has no readiness probe',
    'install-cni has no liveness probe',
  ]);
  const config = JSON.parse(
    pod.containers[0].env.find((variable: any) => variable.name === 'CNI_NETWORK_CONFIG').value,
  );
  assert.deepEqual(config.linkerd['inbound-ports-to-ignore'], ['4191', '4190', '4567', '4568']);
  assert.equal(config.linkerd['proxy-uid'], 2102);
});

test('ten definitions, and four more of the Gateway API where it is to bring them', async () => {
  const groups = (settings: string): Promise<string[]> =>
    evaluate(withLinkerd(`[crd.spec.group for crd in cluster.get('linkerd').crds]`, { linkerd: settings }));
  const own = await groups('');
  assert.equal(own.length, 10);
  assert.deepEqual([...new Set(own)].sort(), ['linkerd.io', 'policy.linkerd.io', 'workload.linkerd.io']);
  const all = await groups('gatewayAPI+: { install: true }');
  assert.equal(all.length, 14);
  assert.equal(all.filter((group) => group === 'gateway.networking.k8s.io').length, 4);
  // The app `cluster` of a cluster with a mistake here still has the definitions of all others.
  assert.deepEqual(await groups(`gatewayAPI: 'yes'`), own);
});

test('nothing is told to the makers of Linkerd unless one asks for it', async () => {
  assert.deepEqual(
    small.filter((m) => m.kind === 'CronJob'),
    [],
  );
  const told = await manifestsOf('linkerd', { linkerd: 'heartbeat: true' });
  const { spec } = find(told, 'CronJob', 'linkerd-heartbeat');
  const pod = spec.jobTemplate.spec.template.spec;
  assert.deepEqual(gapsOf(pod, 'Job'), []);
  assert.equal(pod.containers[0].args[0], 'heartbeat');
});
