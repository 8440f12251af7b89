// What the service mesh makes of a small component: its pods, policies, wave and namespace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';
import { all, find, meshOf, toOther, two } from './mesh-cluster.ts';

const inject = 'linkerd.io/inject';

const templateOf = (manifests: any[], name: string): any => find(manifests, 'Deployment', name).spec.template;

const portsOf = (policy: any, direction: 'ingress' | 'egress'): number[] =>
  (policy.spec[direction] ?? []).flatMap((rule: any) => rule.ports.map(({ port }: any) => port));

test('a pod is injected by its own annotations, and lets nobody in on ports that nobody declared', async () => {
  const manifests = await evaluate(all(meshOf(two())));
  assert.deepEqual(templateOf(manifests, 'echo').metadata.annotations, {
    'config.linkerd.io/default-inbound-policy': 'deny',
    [inject]: 'enabled',
  });
  const namespace = find(manifests, 'Namespace', 'echo');
  assert.equal(namespace.metadata.annotations[inject], undefined);
});

test('ports that the proxy leaves alone, or whose protocol it does not look for, are told by number', async () => {
  const changes = `{ workloads+:: { server+: {
    ports+: { gossip: 7946, door: 9000 },
    mesh: { opaque: ['gossip'], skipInbound: ['door', 8090], skipOutbound: [5432] },
  } } }`;
  const manifests = await evaluate(all(meshOf(two('', changes))));
  assert.deepEqual(templateOf(manifests, 'echo').metadata.annotations, {
    'config.linkerd.io/default-inbound-policy': 'deny',
    'config.linkerd.io/opaque-ports': '7946',
    'config.linkerd.io/skip-inbound-ports': '9000,8090',
    'config.linkerd.io/skip-outbound-ports': '5432',
    [inject]: 'enabled',
  });
  const servers = manifests.filter((m: any) => m.kind === 'Server' && m.metadata.namespace === 'echo');
  assert.deepEqual(
    servers.map((m: any) => [m.metadata.name, m.spec.port, m.spec.proxyProtocol]),
    [
      ['echo-linkerd-admin', 'linkerd-admin', 'HTTP/1'],
      ['echo-gossip', 7946, 'opaque'],
      ['echo-http', 8080, 'unknown'],
    ],
  );
});

test('a call from proxy to proxy arrives on the port of the proxy; Linkerd itself is asked on its own', async () => {
  const manifests = await evaluate(all(meshOf(two(toOther))));
  assert.deepEqual(portsOf(find(manifests, 'NetworkPolicy', 'other'), 'ingress'), [4143]);
  // The names of Linkerd are looked up, and it is asked for a certificate, for addresses and for policies.
  assert.deepEqual(portsOf(find(manifests, 'NetworkPolicy', 'echo'), 'egress'), [4143, 53, 53, 8086, 8080, 8090]);
  assert.ok(portsOf(find(manifests, 'NetworkPolicy', 'linkerd-identity'), 'ingress').includes(8080));
});

test('a workload without names to look up looks Linkerd up', async () => {
  const changes = `{ workloads+:: { server+: { dns: false } } }`;
  const manifests = await evaluate(all(meshOf(two('', changes))));
  assert.ok(portsOf(find(manifests, 'NetworkPolicy', 'echo'), 'egress').includes(53));
});

test('the port stays where either end is outside, where it is skipped, and where it is no TCP', async () => {
  const arrivals = async (components: string): Promise<number[]> =>
    portsOf(find(await evaluate(all(meshOf(components))), 'NetworkPolicy', 'other'), 'ingress');
  const outside = `{ mesh:: { outside: 'a test' } }`;
  const other = (changes: string): string => `${two(toOther)} + { other+: ${changes} }`;
  assert.deepEqual(await arrivals(two(toOther, outside)), [8080]);
  assert.deepEqual(await arrivals(other(outside)), [8080]);
  assert.deepEqual(await arrivals(other(`{ workloads+:: { server+: { mesh: { skipInbound: ['http'] } } } }`)), [8080]);
  assert.deepEqual(await arrivals(two(toOther, `{ mesh:: { skipOutbound: [8080] } }`)), [8080]);
  assert.deepEqual(
    await arrivals(
      `${two(toOther.replace(`'http'`, `['http', 'udp']`))}
       + { other+: { workloads+:: { server+: { ports+: { udp: 5000 }, protocols: { udp: 'UDP' } } } } }`,
    ),
    [4143, 5000],
  );
});

test('only the ServiceAccounts of declared callers are let in, and callers without a proxy by address', async () => {
  const objects = (manifests: any[]): Record<string, any> =>
    Object.fromEntries(
      manifests
        .filter((m) => m.metadata.namespace === 'other' && m.apiVersion.startsWith('policy.linkerd.io/'))
        .map((m) => [`${m.kind}/${m.metadata.name}`, m.spec]),
    );
  const through = objects(await evaluate(all(meshOf(two(toOther)))));
  assert.deepEqual(Object.keys(through).sort(), [
    'AuthorizationPolicy/other-http',
    'MeshTLSAuthentication/other-http',
    'Server/other-http',
    'Server/other-linkerd-admin',
  ]);
  assert.deepEqual(through['MeshTLSAuthentication/other-http'], {
    identityRefs: [{ kind: 'ServiceAccount', name: 'echo', namespace: 'echo' }],
  });
  assert.deepEqual(through['AuthorizationPolicy/other-http'], {
    targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'other-http' },
    requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'other-http' }],
  });
  const past = objects(await evaluate(all(meshOf(two(toOther, `{ mesh:: { outside: 'a test' } }`)))));
  assert.deepEqual(past['NetworkAuthentication/other-http-outside'], { networks: [{ cidr: '10.244.0.0/16' }] });
  assert.equal(past['MeshTLSAuthentication/other-http'], undefined);
  const world = objects(
    await evaluate(all(meshOf(`${two()} + { other+: { calls:: [{ from: 'world', to: 'server', port: 'http' }] } }`))),
  );
  assert.deepEqual(world['NetworkAuthentication/other-http-outside'], {
    networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }],
  });
});

test('a cluster that enters the mesh goes on as before until it is enforced', async () => {
  const manifests = await evaluate(all(meshOf(two(toOther), '{ mesh+: { enforce: false } }')));
  assert.deepEqual(portsOf(find(manifests, 'NetworkPolicy', 'other'), 'ingress'), [4143, 8080]);
  const policies = new Set(manifests.filter((m: any) => m.kind === 'Server').map((m: any) => m.spec.accessPolicy));
  assert.deepEqual([...policies], ['audit']);
});

test('the environment says which namespaces are meshed, and what else stays outside', async () => {
  const injected = async (extra: string): Promise<string[]> =>
    (await evaluate(all(meshOf(two(toOther), extra))))
      .filter((m: any) => m.spec?.template?.metadata.annotations?.[inject] !== undefined)
      .map((m: any) => m.metadata.name);
  assert.deepEqual(await injected('{}'), ['echo', 'other']);
  assert.deepEqual(await injected(`{ mesh+: { namespaces: ['other'] } }`), ['other']);
  assert.deepEqual(await injected(`{ mesh+: { outside: { other: { server: 'a test' } } } }`), ['echo']);
  const listed = await evaluate(
    `(${meshOf(two(toOther), `{ mesh+: { outside: { other: { server: 'a test' } } } }`)}).traffic.outsideMesh`,
  );
  assert.deepEqual(
    listed.filter(({ component }: any) => component === 'other'),
    [{ component: 'other', workload: 'server', reason: 'a test' }],
  );
});

test('names in `mesh` that nobody has are refused', async () => {
  const mistake = (extra: string): Promise<string> => evaluateError(all(meshOf(two(), `{ mesh+: ${extra} }`)));
  assert.equal(
    await mistake(`{ outside: { othr: { server: 'x' } } }`),
    'test.mesh.outside: there is no component "othr"; did you mean "other"?',
  );
  assert.equal(
    await mistake(`{ outside: { other: { sever: 'x' } } }`),
    'test.mesh.outside.other: other has no workload "sever"; did you mean "server"?',
  );
  assert.equal(
    await mistake(`{ namespaces: ['othr'] }`),
    'test.mesh.namespaces: no component is in "othr"; did you mean "other"?',
  );
  assert.match(
    await mistake(`{ outside: { other: { server: 7 } } }`),
    /mesh\.outside\.other\.server: expected a string/,
  );
});

test('what has proxies comes after Linkerd, and what Linkerd needs before it has none', async () => {
  const { waves, outside } = await evaluate(`
    local cluster = ${meshOf(`${two()} + { 'argo-cd': import 'argo-cd/main.libsonnet', third: echo { name: 'third', mesh:: { outside: 'a test' } } }`)};
    { waves: cluster.waves, outside: cluster.traffic.outsideMesh }`);
  assert.ok(waves['argo-cd'] < waves['cert-manager']);
  assert.ok(waves['cert-manager'] < waves['trust-manager'] && waves['trust-manager'] < waves.linkerd);
  assert.ok(waves.linkerd < waves.echo && waves.linkerd < waves.other);
  assert.ok(waves.third < waves.linkerd, 'what stays outside need not wait');
  const reasons = Object.fromEntries(outside.map(({ component, reason }: any) => [component, reason]));
  assert.equal(reasons['cert-manager'], 'Linkerd needs it, and so it is there first.');
  assert.equal(reasons['trust-manager'], 'Linkerd needs it, and so it is there first.');
  assert.equal(reasons['argo-cd'], 'It is there before Linkerd, and must be able to mend it.');
});

test('what Contour publishes for what Linkerd needs waits for neither', async () => {
  const { waves, routes } = await evaluate(`
    local cluster = ${meshOf(`${two()} + {
      contour: import 'contour/main.libsonnet',
      'trust-manager'+: { exposes:: { site: { host: 'trust.test.example', workload: 'controller', port: 'metrics' } } },
    }`)};
    { waves: cluster.waves, routes: [m.metadata.name for m in cluster.manifests('contour') if m.kind == 'HTTPProxy'] }`);
  assert.ok(waves['trust-manager'] < waves.linkerd && waves.linkerd < waves.contour);
  assert.deepEqual(routes, ['trust-manager-site']);
});

test('without the CNI plugin namespaces of meshed pods are privileged, and say why', async () => {
  const level = async (components: string): Promise<any> => {
    const { labels, annotations } = find(await evaluate(all(meshOf(components))), 'Namespace', 'echo').metadata;
    return [labels['pod-security.kubernetes.io/enforce'], annotations['rekindle/pod-security-reason']];
  };
  const [without, reason] = await level(two());
  assert.equal(without, 'privileged');
  assert.match(reason, /NET_ADMIN/);
  const cni = `{ 'linkerd-cni': echo { name: 'linkerd-cni', mesh:: { outside: 'a test' } } }`;
  assert.deepEqual(await level(`${two()} + ${cni}`), ['restricted', undefined]);
  assert.deepEqual(await level(two('', `{ mesh:: { outside: 'a test' } }`)), ['restricted', undefined]);
});

test('capacity counts the proxy of each meshed pod', async () => {
  const workloadsOf = async (components: string): Promise<any> => {
    const { workloads } = await evaluate(`(${meshOf(components, `{ profile: 'highly-available' }`)}).capacity`);
    return Object.fromEntries(workloads.map((w: any) => [w.workload, w]));
  };
  const annotated = `{ resources+:: { workload+: { deployment+: { spec+: { template+: { metadata+: { annotations+: {
    'config.linkerd.io/proxy-memory-request': '64Mi',
  } } } } } } } }`;
  const { echo, other } = await workloadsOf(two('', annotated));
  const { echo: bare } = await workloadsOf(two('', `{ mesh:: { outside: 'a test' } }`));
  const mebibyte = 2 ** 20;
  assert.deepEqual([bare.cpu, bare.memory, bare.pods], [0.01, 16 * mebibyte, 2]);
  assert.deepEqual([other.cpu, other.memory], [0.035, 36 * mebibyte]);
  assert.equal(echo.memory, (16 + 64) * mebibyte);
});

test('where Linkerd is off nothing is left of it, as if there were no such component', async () => {
  const render = (linkerd: string): string => `
    local cluster = ${meshOf(two(toOther), `{ components+:: ${linkerd} }`)};
    { [app]: cluster.manifests(app) for app in cluster.apps if app != 'applications' }`;
  const off = await evaluate(render('{ linkerd+: { enabled: false } }'));
  const without = await evaluate(
    `local cluster = ${meshOf(two(toOther))}; local bare = cluster { components:: { [name]: cluster.components[name] for name in std.objectFields(cluster.components) if name != 'linkerd' } };
     { [app]: bare.manifests(app) for app in bare.apps if app != 'applications' }`,
  );
  assert.deepEqual(off, without);
  // Only trust-manager, which came with it, knows the name.
  for (const app of ['echo', 'other', 'cert-manager']) assert.doesNotMatch(JSON.stringify(off[app]), /linkerd|4143/);
});
