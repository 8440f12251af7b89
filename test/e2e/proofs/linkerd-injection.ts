// The proxies of the control plane, which stand in Git, are those that Linkerd's injector would add: its own code says so, told
// what our ConfigMap tells it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readContext } from '../context.ts';
import { inject, type Pod } from '../linkerd/injection.ts';
import { report } from '../report.ts';
import { evaluateIn } from './controllers/evaluate.ts';

const { environment } = readContext();

/** Settings that change what is injected, each with the Jsonnet that is added to `components`. */
const variants: Record<string, string> = {
  'as rendered': '{}',
  'with the plugin on the nodes': `{ 'linkerd-cni'+: { enabled: true } }`,
  'with other settings': `{ linkerd+: {
    ipv6: true,
    opaquePorts: [25],
    skipInboundPorts: [1, 2],
    trustDomain: 'mesh.example.org',
    proxy+: { accessLog: 'json', cpu: '7m', shutdownGracePeriod: '5s', workers: 2 },
  } }`,
};

const anchors = 'the anchors';

interface Deployment {
  kind: string;
  metadata: { name: string };
  spec: { template: { metadata: Pod['metadata']; spec: Pod['spec'] } };
}

const ofMesh = (name: string): boolean => /^linkerd-(proxy|init|network-validator|identity)/.test(name);

/** One of our pods as it would be if the injector were to add its proxy. */
function withoutProxy({ metadata, spec: { template } }: Deployment): Pod {
  const { initContainers, volumes, containers, ...spec } = template.spec;
  assert.ok(initContainers.every(({ name }: { name: string }) => ofMesh(name)));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: metadata.name,
      namespace: 'linkerd',
      annotations: { ...template.metadata.annotations, 'linkerd.io/inject': 'enabled' },
    },
    spec: {
      ...spec,
      // The injector takes the token of the API server over from them.
      containers: containers.map((container: object) => ({ ...container, volumeMounts: [] })),
      volumes: volumes.filter(({ name }: { name: string }) => !ofMesh(name)),
    },
  };
}

/** What it is the same in, whatever is said in another way. */
function essence(container: any, workload: string): unknown {
  const variables = Object.fromEntries(
    (container.env ?? []).map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom]),
  );
  // In Git nobody knows the anchors: a ConfigMap does.
  const key = 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS';
  if (variables[key] !== undefined) {
    const { configMapKeyRef } = variables[key];
    if (configMapKeyRef === undefined) assert.equal(String(variables[key]).trim(), anchors);
    else assert.deepEqual(configMapKeyRef, { name: 'linkerd-identity-trust-roots', key: 'ca-bundle.crt' });
    delete variables[key];
  }
  // Nobody finds what is beside it by the help of that.
  const own: Record<string, string[]> = {
    'linkerd-identity': ['IDENTITY_SVC_ADDR', 'INBOUND_PORTS_REQUIRE_TLS'],
    'linkerd-destination': ['DESTINATION_SVC_ADDR', 'POLICY_SVC_ADDR'],
  };
  for (const name of own[workload] ?? []) delete variables[`LINKERD2_PROXY_${name}`];
  const probe = (value: any): unknown =>
    value && {
      ...value,
      httpGet: { ...value.httpGet, port: 4191, scheme: 'HTTP' },
      initialDelaySeconds: value.initialDelaySeconds ?? 0,
    };
  const { startupProbe } = container;
  return {
    ...container,
    env: variables,
    ports: (container.ports ?? []).map(({ name, containerPort }: any) => ({ name, containerPort })),
    livenessProbe: probe(container.livenessProbe),
    readinessProbe: probe(container.readinessProbe),
    // identity's proxy is told who it is by identity: that may not wait for it.
    startupProbe: workload === 'linkerd-identity' ? undefined : probe(startupProbe),
    securityContext: { privileged: false, ...container.securityContext },
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

for (const [variant, components] of Object.entries(variants)) {
  test(`the injector's proxies are ours: ${variant}`, async () => {
    const { deployments, values } = await evaluateIn<{ deployments: Deployment[]; values: unknown }>(
      environment,
      `local changed = cluster { components+: ${components} };
       {
         deployments: [m for m in changed.manifests('linkerd') if m.kind == 'Deployment'],
         values: changed.get('linkerd').values,
       }`,
    );
    assert.equal(deployments.length, 3);
    const injected = await inject(
      deployments.map((deployment) => ({
        namespace: 'linkerd',
        values,
        trustAnchors: anchors,
        kind: 'deployment',
        name: deployment.metadata.name,
        pod: withoutProxy(deployment),
      })),
    );
    let same = 0;
    for (const [index, { metadata, spec }] of deployments.entries()) {
      const ours = spec.template;
      const theirs = injected[index]!;
      const names = (pod: Pod['spec']): string[] => pod.initContainers.map(({ name }: { name: string }) => name);
      assert.deepEqual(names(ours.spec), names(theirs.spec), metadata.name);
      for (const [place, container] of ours.spec.initContainers.entries()) {
        assert.deepEqual(
          plain(essence(container, metadata.name)),
          plain(essence(theirs.spec.initContainers[place], metadata.name)),
          `${metadata.name}: ${container.name}`,
        );
      }
      const volumes = (pod: Pod['spec']): unknown[] =>
        pod.volumes
          .filter(({ name }: { name: string }) => ofMesh(name))
          // Ours have a bound.
          .map(({ emptyDir, ...volume }: any) =>
            emptyDir ? { ...volume, emptyDir: { medium: emptyDir.medium } } : volume,
          )
          .sort((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1));
      assert.deepEqual(plain(volumes(ours.spec)), plain(volumes(theirs.spec)), metadata.name);
      for (const [label, value] of Object.entries(theirs.metadata.labels ?? {}))
        assert.equal(ours.metadata.labels?.[label], value, `${metadata.name}: ${label}`);
      same += 1;
    }
    report.count(`pods injected alike, ${variant}`, same, deployments.length);
  });
}
