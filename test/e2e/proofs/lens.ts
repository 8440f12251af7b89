// What people look into the cluster with: the accounts may what they should and no more, kubectl gets a token of theirs by
// `rekindle kubeconfig`, and a question as Lens asks it reaches Mimir through the API server.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { install, standsAlone } from '../programs/install.ts';
import { ApiError, type Api } from '../rig/api.ts';
import { repositoryRoot } from '../rig/rendered.ts';
import { run } from '../rig/run.ts';
import { waitUntil } from '../rig/wait.ts';
import { noteStandIn } from '../stand-ins.ts';
import { report } from '../report.ts';
import { evaluateIn } from './controllers/evaluate.ts';
import { setStage } from './controllers/stage.ts';

const workload = 'lens/lens-prometheus';
const stage = await setStage([workload]);
const { rig, environment } = stage;
for (const name of ['kubelet', 'Envoy', 'backend of a host'] as const) noteStandIn(name);

const as = async (serviceAccount: string): Promise<Api> =>
  rig.api.as(await rig.api.tokenFor({ namespace: 'lens', serviceAccount }));

/** Whether a call is refused for want of a right. */
const refused = async (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => false,
    (error: unknown) => {
      // Rights come before everything else: what is not there is not found by who may see it.
      if (error instanceof ApiError) return error.status === 403;
      throw error;
    },
  );

const namespaced = '/api/v1/namespaces/lens';

test('the app is applied, with its namespace', async () => {
  const ground = stage.manifests('cluster').filter(({ kind }) => ['Namespace', 'PriorityClass'].includes(kind));
  await install(rig.api, ground);
  await install(rig.api, stage.manifests('lens').filter(standsAlone));
});

test('the viewer sees nodes, kinds, roles, pods and logs, and neither sees Secrets nor changes anything', async () => {
  const viewer = await as('viewer');
  const seen = [
    '/api/v1/nodes',
    '/api/v1/pods',
    '/api/v1/persistentvolumes',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    '/apis/storage.k8s.io/v1/storageclasses',
    '/apis/argoproj.io/v1alpha1/applications',
    '/apis/apps/v1/deployments',
  ];
  // Kubernetes' role `view` is filled by a controller.
  await waitUntil(async () => !(await refused(viewer.request('GET', '/api/v1/pods'))), {
    what: 'the role view is filled',
  });
  for (const path of seen) assert.ok(!(await refused(viewer.request('GET', path))), path);
  for (const path of ['/api/v1/secrets', `${namespaced}/secrets`]) {
    assert.ok(await refused(viewer.request('GET', path)), path);
  }
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made', namespace: 'lens' } };
  assert.ok(await refused(viewer.create(map)));
  assert.ok(await refused(viewer.request('POST', `${namespaced}/serviceaccounts/admin/token`, { body: {} })));
  for (const path of ['pods/any/exec', 'pods/any/portforward', 'services/other:80/proxy/x']) {
    assert.ok(await refused(viewer.request('POST', `${namespaced}/${path}`)), path);
  }
  report.count('paths that the viewer sees', seen.length, seen.length);
});

test('the administrator changes what there is', async () => {
  const admin = await as('admin');
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made', namespace: 'lens' } };
  await admin.create(map);
  await admin.delete(map);
  assert.ok(!(await refused(admin.request('GET', '/api/v1/secrets'))));
});

test('rekindle kubeconfig gives a way in', async () => {
  const script = join(repositoryRoot, 'dist', 'rekindle.js');
  const args = [script, 'kubeconfig', '--env', environment, '--duration', '10m'];
  const text = await run(process.execPath, args, {
    cwd: repositoryRoot,
    env: {
      KUBECONFIG: rig.kubeconfig,
      KUBECACHEDIR: join(rig.folder, 'kube-cache'),
      CI: '',
      PATH: `${dirname(rig.binary('kubectl'))}:${process.env.PATH}`,
    },
    seconds: 300,
  });
  const { clusters, users } = parse(text);
  assert.equal(clusters[0].cluster.server, rig.api.access.server);
  const viewer = rig.api.as(users[0].user.token);
  assert.ok(!(await refused(viewer.request('GET', '/api/v1/nodes'))));
  assert.ok(await refused(viewer.request('GET', '/api/v1/secrets')));
});

test("Lens' question reaches Mimir through the API server, with path and tenant, and nothing else does", async () => {
  const address = await evaluateIn<string>(environment, `cluster.get('mimir').address('query')`);
  const [host, port] = address.split(':') as [string, string];
  const [name, namespace] = host.split('.') as [string, string];
  const network = await rig.addPodNetwork();
  await rig.start({
    name: 'mimir',
    command: [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'controllers/backend.ts'), port],
    enter: network.enter,
  });
  const metadata = { name, namespace };
  await rig.api.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { ports: [{ port: Number(port) }] },
  } as never);
  await rig.api.apply({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [network.address] }],
    ports: [{ port: Number(port) }],
  } as never);
  await stage.run(workload);

  const viewer = await as('viewer');
  const proxy = `${namespaced}/services/lens-prometheus:9090/proxy`;
  const ask = (method: 'GET' | 'POST', path: string): Promise<any> => viewer.request(method, `${proxy}${path}`);
  await waitUntil(
    () =>
      ask('GET', '/api/v1/query_range?query=up').then(
        () => true,
        () => false,
      ),
    { what: 'the API server reaches Mimir', seconds: 120 },
  );
  for (const method of ['GET', 'POST'] as const) {
    const answer = await ask(method, '/api/v1/query_range?query=up');
    assert.deepEqual([answer.method, answer.url], [method, '/prometheus/api/v1/query_range?query=up']);
  }
  for (const path of ['/api/v1/push', '/prometheus/api/v1/query', '/prometheus/config/v1/rules', '/']) {
    await assert.rejects(
      ask('POST', path),
      (error: unknown) => error instanceof ApiError && error.status === 404,
      path,
    );
  }
});

test('the proxy ends when it is asked to', async () => {
  await Promise.all(stage.running.map((pod) => pod.stop()));
});
