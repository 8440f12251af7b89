// What holds for Mimir, Loki and Tempo alike, in every mode: hardened pods, valid manifests, traffic, tenants, restarts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valid } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { gapsOf } from './hardening.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { compare, type Traffic } from './reachability.ts';
import { app, cluster, fileOf, highlyAvailable, kafka, kind, podsOf, requested, tenants } from './stores-cluster.ts';

const stores = ['loki', 'mimir', 'tempo'] as const;
const program = (code: string, apps: readonly string[] = stores) =>
  `local c = ${code}; { traffic: c.traffic, apps: { [name]: c.manifests(name) for name in ${JSON.stringify(apps)} } }`;

const storage = `{ server+: { enabled: true } }`;
const rendered = await evaluateAll({
  small: `(${program(cluster({ 'object-storage': storage }, `{ objectStorage+: { endpoint: null } }`), [...stores, 'object-storage'])})`,
  large: `(${program(cluster({ tempo: kafka }, `${highlyAvailable} + ${tenants}`))})`,
  limits: `{ ${stores.map((name) => `${name}: ${app(name, `{ limits+: { extra: 1 }, overrides: {} }`)}`).join(', ')} }`,
  overrides: `{ ${stores.map((name) => `${name}: ${app(name, `{ overrides: { blog: { extra: 1 } } }`, tenants)}`).join(', ')} }`,
  none: `{ ${stores.map((name) => `${name}: ${app(name, '{}', tenants)}`).join(', ')} }`,
  plain: `{ ${stores.map((name) => `${name}: ${app(name)}`).join(', ')} }`,
  headers: `[[(${cluster()}).get(name).tenantHeader, (${cluster({}, tenants)}).get(name).tenantHeader] for name in ${JSON.stringify(stores)}]`,
  instance: `(${cluster({}, '{}', `'mimir-two': (import 'mimir/main.libsonnet') { name: 'mimir-two' },`)}).manifests('mimir-two')`,
});

const everything: any[] = [rendered.small, rendered.large].flatMap(({ apps }) => Object.values(apps).flat());

test('every pod is hardened, and every manifest valid', () => {
  valid(everything);
  const pods = podsOf(everything);
  assert.ok(pods.length > 40, `${pods.length} pods`);
  assert.deepEqual(
    pods.flatMap((m) => gapsOf(m.spec.template.spec, m.kind).map((gap) => `${m.metadata.name}: ${gap}`)),
    [],
  );
});

test('only the declared traffic passes, in either profile', () => {
  for (const { traffic, apps } of [rendered.small, rendered.large]) {
    const policies = Object.values<any[]>(apps)
      .flat()
      .filter((m) => m.kind === 'NetworkPolicy') as NetworkPolicy[];
    const { declared, refused, undeclared } = compare(traffic as Traffic, policies);
    assert.deepEqual({ refused, undeclared }, { refused: [], undeclared: [] });
    assert.ok(declared > 10, `${declared}`);
  }
});

test('what a single pod of each asks for leaves room for the rest on a small node', () => {
  const sizes = stores.map((name) => requested(rendered.small.apps[name]));
  assert.deepEqual(
    sizes.map(({ pods }) => pods),
    [1, 1, 1],
  );
  assert.ok(sizes.reduce((sum, { milli }) => sum + milli, 0) <= 300, JSON.stringify(sizes));
  assert.ok(sizes.reduce((sum, { mebibytes }) => sum + mebibytes, 0) <= 1400, JSON.stringify(sizes));
});

test('all parts of all three fit three nodes of 4 CPU and 16 GiB, and leave half of them', () => {
  const sizes = stores.map((name) => requested(rendered.large.apps[name]));
  assert.ok(sizes.reduce((sum, { milli }) => sum + milli, 0) <= 6000, JSON.stringify(sizes));
  assert.ok(sizes.reduce((sum, { mebibytes }) => sum + mebibytes, 0) <= 24000, JSON.stringify(sizes));
});

test('credentials come from the Secret, through the environment, and nowhere else', () => {
  for (const name of stores) {
    const manifests = rendered.small.apps[name];
    const [container] = kind(manifests, 'StatefulSet')[name].spec.template.spec.containers;
    assert.ok(container.args.includes('-config.expand-env=true'));
    const from = Object.fromEntries(
      container.env.filter((e: any) => e.valueFrom?.secretKeyRef).map((e: any) => [e.name, e.valueFrom.secretKeyRef]),
    );
    assert.deepEqual(from, {
      OBJECT_STORAGE_ACCESS_KEY: { name: 'object-storage', key: 'access-key-id' },
      OBJECT_STORAGE_SECRET_KEY: { name: 'object-storage', key: 'secret-access-key' },
    });
    const file = manifests.find((m: any) => m.kind === 'ConfigMap' && m.metadata.name === name).data[`${name}.yaml`];
    assert.ok(file.includes('${OBJECT_STORAGE_SECRET_KEY}'));
    // A variable that nobody sets becomes an empty string without a word.
    const set = new Set(container.env.map((e: any) => e.name));
    for (const [, variable] of file.matchAll(/\$\{(\w+)\}/g)) assert.ok(set.has(variable), `${name}: ${variable}`);
  }
});

test('every variable of the distributed configurations is set in every pod', () => {
  for (const name of stores) {
    const manifests = rendered.large.apps[name];
    const file = manifests.find((m: any) => m.kind === 'ConfigMap' && m.metadata.name === name).data[`${name}.yaml`];
    const variables = new Set([...file.matchAll(/\$\{(\w+)\}/g)].map(([, variable]) => variable));
    assert.ok(variables.has('ZONE') && variables.has('POD_IP'));
    for (const { metadata, spec } of podsOf(manifests)) {
      const [{ args, env = [] }] = spec.template.spec.containers;
      if (!args.includes('-config.expand-env=true')) continue;
      const set = new Set(env.map((e: any) => e.name));
      for (const variable of variables) assert.ok(set.has(variable), `${metadata.name}: ${variable}`);
    }
  }
});

test('all files lie on what is mounted: the root file system is read-only', () => {
  const pathsIn = (value: unknown): string[] => {
    if (typeof value === 'string') return /^\/[a-z]/.test(value) ? [value] : [];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
  };
  for (const apps of [rendered.small.apps, rendered.large.apps]) {
    for (const name of stores) {
      const paths = pathsIn(fileOf(apps[name], name, `${name}.yaml`));
      assert.ok(paths.length > 2, paths.join(' '));
      const outside = paths.filter((path) => !path.startsWith('/data') && !path.startsWith(`/etc/${name}-overrides/`));
      assert.deepEqual(outside, []);
    }
  }
});

test('limits restart the pods; limits of single tenants are followed without that', () => {
  const hashOf = (manifests: any[], name: string) =>
    kind(manifests, 'StatefulSet')[name].spec.template.metadata.annotations['checksum/config'];
  for (const name of stores) {
    assert.notEqual(hashOf(rendered.limits[name], name), hashOf(rendered.plain[name], name));
    assert.equal(hashOf(rendered.overrides[name], name), hashOf(rendered.none[name], name));
    const { overrides } = fileOf(rendered.overrides[name], `${name}-overrides`, 'overrides.yaml');
    assert.equal(overrides.blog.extra, 1);
    // A file that is mounted by subPath would never change.
    const pod = kind(rendered.plain[name], 'StatefulSet')[name].spec.template.spec;
    const mount = pod.containers[0].volumeMounts.find((m: any) => m.name === 'overrides');
    assert.deepEqual(mount, { name: 'overrides', mountPath: `/etc/${name}-overrides`, readOnly: true });
  }
});

test('tenants are on or off in all three at once', () => {
  const tenancy = (apps: any) => [
    fileOf(apps.loki, 'loki', 'loki.yaml').auth_enabled,
    fileOf(apps.mimir, 'mimir', 'mimir.yaml').multitenancy_enabled,
    fileOf(apps.tempo, 'tempo', 'tempo.yaml').multitenancy_enabled,
  ];
  assert.deepEqual(tenancy(rendered.small.apps), [false, false, false]);
  assert.deepEqual(tenancy(rendered.large.apps), [true, true, true]);
  const header = { name: 'X-Scope-OrgID', value: 'test' };
  assert.deepEqual(rendered.headers, [
    [null, header],
    [null, header],
    [null, header],
  ]);
});

test('copies in zones: one after the other, on different nodes, under one budget', () => {
  for (const [name, group, zones] of [
    ['loki', 'ingester', 3],
    ['mimir', 'ingester', 3],
    ['mimir', 'store-gateway', 3],
    ['tempo', 'live-store', 2],
  ] as const) {
    const sets = kind(rendered.large.apps[name], 'StatefulSet');
    const names = ['a', 'b', 'c'].slice(0, zones).map((zone) => `${name}-${group}-zone-${zone}`);
    names.forEach((one, i) => {
      const { metadata, spec } = sets[one];
      assert.equal(metadata.annotations['argocd.argoproj.io/sync-wave'], `${i + 1}`);
      const [term] = spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
      assert.equal(term.topologyKey, 'kubernetes.io/hostname');
      assert.deepEqual(
        term.labelSelector.matchExpressions[0].values,
        names.filter((other) => other !== one),
      );
      const zone = spec.template.spec.containers[0].env.find((e: any) => e.name === 'ZONE').value;
      assert.ok(one.endsWith(zone));
    });
    const budget = kind(rendered.large.apps[name], 'PodDisruptionBudget')[`${name}-${group}`].spec;
    assert.equal(budget.maxUnavailable, 1);
    assert.deepEqual(budget.selector.matchExpressions[0].values, names);
    assert.equal(kind(rendered.large.apps[name], 'PodDisruptionBudget')[names[0]!], undefined);
  }
});

test('what keeps something on disk keeps its volume, and has time to finish', () => {
  for (const manifests of Object.values<any[]>(rendered.large.apps)) {
    for (const { metadata, spec } of Object.values<any>(kind(manifests, 'StatefulSet'))) {
      if (spec.volumeClaimTemplates === undefined) continue;
      const keep = { whenDeleted: 'Retain', whenScaled: 'Retain' };
      assert.deepEqual(spec.persistentVolumeClaimRetentionPolicy, keep, metadata.name);
      assert.ok(spec.template.spec.terminationGracePeriodSeconds >= 60, metadata.name);
      assert.equal(spec.template.spec.securityContext.fsGroup, 10001);
    }
  }
});

test('a second instance shares no name and no bucket', () => {
  const file = fileOf(rendered.instance, 'mimir-two', 'mimir.yaml');
  assert.equal(file.blocks_storage.s3.bucket_name, 'test-mimir-two-blocks');
  assert.equal(file.memberlist.cluster_label, 'test-mimir-two');
  assert.ok(rendered.instance.every((m: any) => m.metadata.name.startsWith('mimir-two')));
});
