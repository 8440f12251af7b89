import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  annotationsOf,
  calledPorts,
  errorOf,
  everything,
  find,
  highlyAvailable,
  mainContainer,
  manifestsOf,
  named,
  optional,
  parametersOf,
  running,
  withCluster,
  workloads,
} from './argo-cd-cluster.ts';
import { evaluate } from './evaluate.ts';
import { gapsOf } from './hardening.ts';

test('small: four pods, hardened, in a quarter of a core and 700 MiB', async () => {
  const manifests = await manifestsOf();
  const pods = workloads(manifests);
  assert.deepEqual(pods.map((m) => `${m.kind}/${m.metadata.name}`).sort(), [
    'Deployment/argocd-redis',
    'Deployment/argocd-repo-server',
    'Deployment/argocd-server',
    'StatefulSet/argocd-application-controller',
  ]);
  for (const { kind, metadata, spec } of pods) {
    assert.deepEqual(gapsOf(spec.template.spec, kind), [], metadata.name);
    assert.equal(spec.replicas, 1);
  }
  assert.deepEqual(named(manifests, 'PodDisruptionBudget'), []);
  const [own] = (await evaluate(withCluster('cluster.capacity'))).components.filter((c: any) => c.name === 'argo-cd');
  assert.ok(own.cpu <= 0.25, `${own.cpu} cores`);
  assert.ok(own.memory <= 850 * 2 ** 20, `${own.memory} bytes`);
});

test('every program with everything on is hardened, and sized in both profiles', async () => {
  for (const extra of ['{}', highlyAvailable]) {
    const pods = workloads(await manifestsOf(everything, extra));
    assert.equal(pods.length, 7);
    for (const { kind, metadata, spec } of pods) assert.deepEqual(gapsOf(spec.template.spec, kind), [], metadata.name);
  }
});

test('highly-available: two of what answers, one controller, three Redis that elect a master', async () => {
  const manifests = await manifestsOf(everything, highlyAvailable);
  assert.deepEqual(Object.fromEntries(workloads(manifests).map((m) => [m.metadata.name, m.spec.replicas])), {
    'argocd-application-controller': 1,
    'argocd-applicationset-controller': 2,
    'argocd-dex-server': 1,
    'argocd-notifications-controller': 1,
    'argocd-redis-ha': 3,
    'argocd-repo-server': 2,
    'argocd-server': 2,
  });
  assert.deepEqual(named(manifests, 'PodDisruptionBudget'), [
    'argocd-applicationset-controller',
    'argocd-redis-ha',
    'argocd-repo-server',
    'argocd-server',
  ]);
  for (const { spec } of workloads(manifests)) assert.equal(spec.template.spec.topologySpreadConstraints.length, 2);
  assert.equal(parametersOf(manifests)['applicationsetcontroller.enable.leader.election'], 'true');
});

test('every program can be left out, and takes its objects with it', async () => {
  const of = (manifests: any[], role: string): string[] =>
    manifests
      .filter((m) => m.metadata.labels['app.kubernetes.io/component'] === role)
      .map((m) => `${m.kind}/${m.metadata.name}`);
  for (const role of ['server', ...optional]) {
    assert.ok(of(await manifestsOf(everything), role).length >= 4, role);
    assert.deepEqual(
      of(
        await manifestsOf(running({ ...Object.fromEntries(optional.map((other) => [other, true])), [role]: false })),
        role,
      ),
      [],
    );
  }
  const external = await manifestsOf(`redis: 'external', redisAddress: 'cache.example.org:6380'`);
  assert.deepEqual(
    external.filter((m) => m.metadata.name.startsWith('argocd-redis')),
    [],
  );
  assert.equal(parametersOf(external)['redis.server'], 'cache.example.org:6380');
  assert.ok(calledPorts(external, 'argocd-repo-server').includes(6380));
});

test('without the controller nothing could switch it on again', async () => {
  assert.match(
    await errorOf(`run+: { 'application-controller': false }`),
    /components\.argo-cd\.run: without application-controller nothing in Git is applied/,
  );
});

test('no secret is in Git: Argo CD fills its own, and the password of Redis is made once', async () => {
  for (const extra of ['{}', highlyAvailable]) {
    const manifests = await manifestsOf('', extra);
    for (const secret of manifests.filter((m) => m.kind === 'Secret')) {
      assert.equal(secret.data, undefined);
      assert.equal(secret.stringData, undefined);
      assert.match(annotationsOf(secret)['argocd.argoproj.io/sync-options'] ?? '', /Prune=false/);
    }
    const cache = workloads(manifests).find((m) => m.metadata.name.startsWith('argocd-redis'));
    const { initContainers, containers, volumes, automountServiceAccountToken } = cache.spec.template.spec;
    assert.deepEqual(initContainers[0].command, ['argocd', 'admin', 'redis-initial-password']);
    const role = find(manifests, 'Role', cache.metadata.name);
    assert.deepEqual(role.rules, [
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['argocd-redis'], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    ]);
    // The token is for the one container that makes the password.
    assert.equal(automountServiceAccountToken, false);
    const token = volumes.find((v: any) => v.projected?.sources.some((s: any) => s.serviceAccountToken)).name;
    const holders = [...initContainers, ...containers].filter((c: any) =>
      c.volumeMounts.some((m: any) => m.name === token),
    );
    assert.deepEqual(
      holders.map((c: any) => c.name),
      ['password'],
    );
  }
});

test('the repo-server survives a Jsonnet bomb alone: bounds, no token, nothing to write on', async () => {
  const manifests = await manifestsOf();
  const { spec } = find(manifests, 'Deployment', 'argocd-repo-server').spec.template;
  const container = spec.containers[0];
  assert.equal(container.resources.limits.memory, '1Gi');
  assert.deepEqual(
    container.env.find((e: any) => e.name === 'GOMEMLIMIT'),
    { name: 'GOMEMLIMIT', value: '921MiB' },
  );
  assert.equal(container.securityContext.readOnlyRootFilesystem, true);
  assert.equal(spec.automountServiceAccountToken, false);
  assert.ok(Number(parametersOf(manifests)['reposerver.parallelism.limit']) > 0);
  assert.match(await errorOf('parallelism: 0'), /components\.argo-cd\.parallelism: 0 would allow any number at once/);
});

test('replicated Redis: everybody asks the Sentinels, and each pod asks the others', async () => {
  const manifests = await manifestsOf(`redis: 'replicated', replicas+: { 'redis-ha': 5 }`);
  const hosts = [0, 1, 2, 3, 4].map((i) => `argocd-redis-ha-${i}.argocd-redis-ha.argocd.svc`);
  for (const name of ['argocd-application-controller', 'argocd-repo-server', 'argocd-server']) {
    const { args, env } = mainContainer(workloads(manifests).find((m) => m.metadata.name === name));
    assert.deepEqual(args.slice(1), [...hosts.map((host) => `--sentinel=${host}:26379`), '--sentinelmaster=argocd']);
    assert.ok(env.some((e: any) => e.name === 'REDIS_SENTINEL_PASSWORD'));
    assert.ok(!env.some((e: any) => e.name === 'REDIS_SERVER'));
  }
  const { initContainers } = find(manifests, 'StatefulSet', 'argocd-redis-ha').spec.template.spec;
  const variables = Object.fromEntries(initContainers[1].env.map((e: any) => [e.name, e.value]));
  assert.equal(variables.PEERS, hosts.join(' '));
  assert.equal(variables.QUORUM, '3');
  assert.equal(find(manifests, 'Service', 'argocd-redis-ha').spec.publishNotReadyAddresses, true);
  for (const count of [2, 4]) {
    assert.match(
      await errorOf(`redis: 'replicated', replicas+: { 'redis-ha': ${count} }`),
      /replicas\.redis-ha: an odd number, 3 or more/,
    );
  }
});

test('an external Redis has an address, and only that', async () => {
  assert.match(await errorOf(`redis: 'external'`), /components\.argo-cd\.redisAddress: set it to host:port/);
  assert.match(
    await errorOf(`redis: 'external', redisAddress: 'cache'`),
    /components\.argo-cd\.redisAddress: expected host:port, found "cache"/,
  );
  assert.match(
    await errorOf(`redisAddress: 'x:1'`),
    /components\.argo-cd\.redisAddress: only an external Redis has one/,
  );
});

test('what can not share its work stays alone', async () => {
  assert.match(await errorOf(`replicas+: { redis: 2 }`), /components\.argo-cd\.replicas\.redis: /);
});

test('a second instance clashes with nothing', async () => {
  const { first, second } = await evaluate(
    withCluster(
      `{ first: cluster.manifests('argo-cd'), second: cluster.manifests('team-cd') }`,
      '',
      '{}',
      `'team-cd': (import 'argo-cd/main.libsonnet') { name: 'team-cd', host: 'team-cd.test.example' },`,
    ),
  );
  const identity = (m: any): string => [m.kind, m.metadata.namespace ?? '', m.metadata.name].join('/');
  const taken = new Set(first.map(identity));
  assert.deepEqual(second.filter((m: any) => taken.has(identity(m))).map(identity), []);
  assert.deepEqual(
    second.filter((m: any) => m.kind === 'Application'),
    [],
  );
});
