import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotationsOf, everything, find, manifestsOf, parametersOf, withCluster } from './argo-cd-cluster.ts';
import { evaluate } from './evaluate.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { compare } from './reachability.ts';

test('only the declared traffic passes, in every form', async () => {
  for (const settings of ['', everything, `redis: 'replicated'`]) {
    const code = withCluster(
      `{ traffic: cluster.traffic, policies: [
      m for app in cluster.apps for m in cluster.manifests(app) if m.kind == 'NetworkPolicy'
    ] }`,
      settings,
    );
    const { traffic, policies } = await evaluate(code);
    const { declared, refused, undeclared } = compare(traffic, policies as NetworkPolicy[]);
    assert.ok(declared > 20);
    assert.deepEqual({ refused, undeclared }, { refused: [], undeclared: [] }, settings);
  }
});

test('roles: what is not upstream’s says so; only the controller and the UI see everything', async () => {
  const manifests = await manifestsOf(everything);
  const wild = manifests.filter((m) =>
    m.rules?.some((rule: any) => [...(rule.resources ?? []), ...(rule.verbs ?? [])].includes('*')),
  );
  assert.deepEqual(
    wild.map((m) => m.metadata.name),
    ['argo-cd-application-controller', 'argo-cd-server'],
  );
  for (const role of wild) assert.match(annotationsOf(role)['rekindle/wildcard-reason'] ?? '', /\.$/);
  assert.deepEqual(find(manifests, 'ClusterRole', 'argo-cd-server').rules[0].verbs, ['get', 'delete', 'patch']);
  const looking = await manifestsOf('uiMayChange: false');
  assert.deepEqual(
    find(looking, 'ClusterRole', 'argo-cd-server')
      .rules.flatMap((rule: any) => rule.verbs)
      .filter((verb: string) => ['delete', 'patch', 'create'].includes(verb)),
    [],
  );
});

test('metrics of every program are scraped, and have a Service', async () => {
  const { scrape, services } = await evaluate(
    withCluster(
      `{ scrape: cluster.get('argo-cd').scrape, services: [m for m in cluster.manifests('argo-cd') if m.kind == 'Service'] }`,
      everything,
    ),
  );
  assert.deepEqual(
    scrape.map((target: any) => target.workload),
    [
      'application-controller',
      'applicationset-controller',
      'dex-server',
      'notifications-controller',
      'repo-server',
      'server',
    ],
  );
  for (const { workload } of scrape) {
    const service = services.find((s: any) => s.metadata.name === `argocd-${workload}`);
    assert.ok(
      service.spec.ports.some((p: any) => p.name === 'metrics'),
      workload,
    );
  }
});

test('Contour publishes the UI, and gRPC to the same host; plain gRPC-Web stays HTTP/1.1', async () => {
  const manifests = await manifestsOf('', '{}', 'contour');
  const proxy = find(manifests, 'HTTPProxy', 'argocd-server');
  assert.equal(proxy.spec.virtualhost.fqdn, 'argocd.test.example');
  const [grpc, web] = proxy.spec.routes;
  assert.deepEqual(grpc.conditions, [{ prefix: '/' }, { header: { name: 'content-type', exact: 'application/grpc' } }]);
  assert.deepEqual(grpc.services, [{ name: 'argocd-server', port: 80, protocol: 'h2c' }]);
  assert.deepEqual(web.services, [{ name: 'argocd-server', port: 80 }]);
  for (const route of [grpc, web]) assert.equal(route.timeoutPolicy.response, 'infinity');
  assert.deepEqual(find(manifests, 'Certificate', 'argocd.test.example').spec.dnsNames, ['argocd.test.example']);
  assert.equal(parametersOf(await manifestsOf())['server.insecure'], 'true');
});
