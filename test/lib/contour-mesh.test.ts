// Contour in the mesh: Envoy says for which Service a request is, Linkerd chooses the pod.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';
import { all, find, meshOf } from './mesh-cluster.ts';

const site = `{ site: { host: 'blog.test.example', workload: 'server', port: 'http' } }`;

const contourWith = (settings = '{}', exposes = site, extra = '{}'): string =>
  meshOf(
    `{ contour: (import 'contour/main.libsonnet') + ${settings}, blog: echo { name: 'blog', exposes:: ${exposes} } }`,
    extra,
  );

const configOf = (manifests: any[]): any => JSON.parse(find(manifests, 'ConfigMap', 'contour').data['contour.yaml']);

const outside = `{ mesh+: { outside: { contour: { envoy: 'a test' } } } }`;

test("Envoy's proxy follows the header that Contour sets on every route, Ingresses included", async () => {
  const manifests = await evaluate(all(contourWith()));
  const { annotations } = find(manifests, 'DaemonSet', 'contour-envoy').spec.template.metadata;
  assert.equal(annotations['linkerd.io/inject'], 'ingress');
  const { policy } = configOf(manifests);
  assert.equal(
    policy['request-headers'].set['l5d-dst-override'],
    '%CONTOUR_SERVICE_NAME%.%CONTOUR_NAMESPACE%.svc.cluster.local:%CONTOUR_SERVICE_PORT%',
  );
  assert.equal(policy.applyToIngress, true);
});

test("the client's address and the drain reach Envoy past the proxy, and so does what Contour tells it", async () => {
  const manifests = await evaluate(all(contourWith()));
  const { annotations } = find(manifests, 'DaemonSet', 'contour-envoy').spec.template.metadata;
  assert.equal(annotations['config.linkerd.io/skip-inbound-ports'], '8080,8443,8090');
  assert.equal(annotations['config.linkerd.io/skip-outbound-ports'], '8001');
  const contour = find(manifests, 'Deployment', 'contour').spec.template.metadata.annotations;
  assert.equal(contour['linkerd.io/inject'], 'enabled');
  assert.equal(contour['config.linkerd.io/skip-inbound-ports'], '8001');
  const servers = manifests.filter((m: any) => m.kind === 'Server' && m.metadata.namespace === 'contour');
  assert.deepEqual(
    servers.map((m: any) => m.metadata.name),
    ['contour-metrics', 'contour-envoy-metrics', 'contour-linkerd-admin'],
  );
});

test('what an environment sets on requests stays beside it', async () => {
  const manifests = await evaluate(all(contourWith(`{ headers+: { request+: { set: { 'X-A': 'b' } } } }`)));
  assert.deepEqual(Object.keys(configOf(manifests).policy['request-headers'].set), ['X-A', 'l5d-dst-override']);
});

test('an Envoy outside the mesh sets nothing and chooses pods by itself', async () => {
  const manifests = await evaluate(all(contourWith('{}', site, outside)));
  assert.equal(configOf(manifests).policy?.['request-headers'], undefined);
  assert.equal(find(manifests, 'DaemonSet', 'contour-envoy').spec.template.metadata.annotations, undefined);
  // What it calls has a proxy all the same, and knows it by its address alone.
  const [rule] = find(manifests, 'NetworkPolicy', 'blog').spec.ingress;
  assert.deepEqual(rule.ports, [{ port: 8080, protocol: 'TCP' }]);
});

test('pods can not be kept by cookie in the mesh', async () => {
  const sticky = site.replace(`port: 'http'`, `port: 'http', loadBalancing: 'Cookie'`);
  assert.match(
    await evaluateError(all(contourWith('{}', sticky))),
    /components\.blog\.exposes\.site\.loadBalancing: in the mesh Linkerd chooses the pod, and knows no cookies/,
  );
  assert.ok(find(await evaluate(all(contourWith('{}', sticky, outside))), 'HTTPProxy', 'blog-site') !== undefined);
});
