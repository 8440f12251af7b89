import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';
import { clusterOf, slice } from './fixture.ts';

const names = (manifests: any[]): string[] => manifests.map((m) => `${m.kind}/${m.metadata.name}`);

test('manifests(app) is the flat array of a component, its policies and identity included', async () => {
  const manifests = await evaluate(slice(`manifests('echo')`, '{ echo: echo }'));
  assert.deepEqual(names(manifests), ['NetworkPolicy/echo', 'ServiceAccount/echo', 'Deployment/echo', 'Service/echo']);
});

test('a misspelt setting fails its own app with the nearest name, and leaves the others alone', async () => {
  const components = `{ echo: echo { greting: 'hi' }, other: echo { name: 'other' } }`;
  assert.equal(
    await evaluateError(slice(`manifests('echo')`, components)),
    'test: components.echo: unknown setting "greting"; did you mean "greeting"?',
  );
  assert.equal((await evaluate(slice(`manifests('other')`, components))).length, 4);
});

test('a setting of the wrong type fails its own app', async () => {
  assert.equal(
    await evaluateError(slice(`manifests('echo')`, `{ echo: echo { replicas: { server: 'two' } } }`)),
    'test: components.echo.replicas.server: expected a whole number, zero or more, found two',
  );
});

test('a misspelt workload in a map of workloads is refused', async () => {
  assert.equal(
    await evaluateError(slice(`manifests('echo')`, `{ echo: echo { size+: { sever: { cpu: '1', memory: '1Gi' } } } }`)),
    'test: components.echo.size: unknown key "sever"; did you mean "server"?',
  );
});

test('several mistakes are reported together', async () => {
  const message = await evaluateError(slice(`manifests('echo')`, `{ echo: echo { greting: 'hi', enabled: 'yes' } }`));
  assert.match(message, /^2 mistakes:\n- .*expected true or false, found yes\n- .*did you mean "greeting"\?$/);
});

test('a misspelt component is no component, and names the nearest', async () => {
  const message = await evaluateError(slice(`manifests('cluster')`, `{ 'metrics-sever'+: { resolution: '30s' } }`));
  assert.match(message, /components\.metrics-sever is no component: .*did you mean "metrics-server"\?/);
});

test('misspelt cluster settings, plain and nested, fail with the nearest name', async () => {
  assert.equal(
    await evaluateError(slice(`manifests('echo')`, '{ echo: echo }', `{ gitop+: { revision: 'x' } }`)),
    'test: unknown setting "gitop"; did you mean "gitops"?',
  );
  assert.equal(
    await evaluateError(slice(`manifests('echo')`, '{ echo: echo }', `{ gitops+: { revison: 'x' } }`)),
    'test.gitops: unknown setting "revison"; did you mean "revision"?',
  );
  assert.equal(
    await evaluateError(slice(`manifests('echo')`, '{ echo: echo }', `{ profile: 'smal' }`)),
    'test.profile: expected one of small, highly-available, found "smal"; did you mean "small"?',
  );
});

test('a required setting says what to set', async () => {
  assert.equal(
    await evaluateError(
      `local cluster = (import 'cluster/main.libsonnet') { name: 'test', components:: {} }; cluster.settings`,
    ),
    'cluster: set domain, the DNS domain below which the hosts of this cluster lie',
  );
});

test('a component that is off is in no slice', async () => {
  const components = '{ echo: echo, other: echo { name: "other", enabled: false } }';
  assert.deepEqual(await evaluate(slice('apps', components)), ['applications', 'cluster', 'echo']);
  assert.deepEqual(
    (await evaluate(slice('capacity.components', components))).map((c: any) => c.name),
    ['echo'],
  );
  assert.ok(!names(await evaluate(slice(`manifests('cluster')`, components))).includes('Namespace/other'));
  assert.equal(
    await evaluateError(slice(`manifests('other')`, components)),
    'test: component "other", is off; set components.other.enabled',
  );
});

test('who needs a component that is off is told who is off', async () => {
  const components = `{ echo: echo { greeting: this.cluster.get('other').name, local this = self }, other: echo { name: 'other', enabled: false } }`;
  assert.equal(
    await evaluateError(slice(`manifests('echo')`, components)),
    'test: component "other", which echo needs, is off; set components.other.enabled, or turn echo off too',
  );
  assert.equal(
    await evaluateError(
      slice(`manifests('echo')`, `{ echo: echo { needs:: ['other'] }, other: echo { name: 'other', enabled: false } }`),
    ),
    'test: echo needs "other", which is off; set components.other.enabled, or turn echo off too',
  );
  assert.equal(
    await evaluateError(
      slice(`manifests('echo')`, `{ echo: echo { needs:: ['othr'] }, other: echo { name: 'other' } }`),
    ),
    'test: echo needs "othr", which is no component; did you mean "other"?',
  );
});

test('renaming a namespace re-wires', async () => {
  const components = `{ echo: echo { calls:: [{ from: 'server', to: { component: 'other', workload: 'server' }, port: 'http' }] }, other: echo { name: 'other', namespace: 'elsewhere' } }`;
  const policy = (await evaluate(slice(`manifests('echo')`, components))).find((m: any) => m.kind === 'NetworkPolicy');
  assert.deepEqual(policy.spec.egress[0].to[0].namespaceSelector.matchLabels, {
    'kubernetes.io/metadata.name': 'elsewhere',
  });
});

test('the name of a component is its field', async () => {
  assert.match(
    await evaluateError(slice(`manifests('echo')`, '{ echo: echo, twin: echo }')),
    /set its name to its field/,
  );
});

test('any resource can be patched, and a patch that creates half an object is refused with its path', async () => {
  const patch = (path: string) => `{ echo: echo { resources+:: { workload+: { ${path} } } } }`;
  const manifests = await evaluate(slice(`manifests('echo')`, patch('deployment+: { spec+: { minReadySeconds: 5 } }')));
  assert.equal(manifests.find((m: any) => m.kind === 'Deployment').spec.minReadySeconds, 5);
  assert.match(
    await evaluateError(slice(`manifests('echo')`, patch('deploymnt+: { spec+: { minReadySeconds: 5 } }'))),
    /components\.echo\.resources\.workload\.deploymnt: half a manifest/,
  );
  assert.match(
    await evaluateError(slice(`manifests('echo')`, patch(`deploymnt+: { metadata+: { labels+: { a: 'b' } } }`))),
    /half a manifest/,
  );
  assert.match(
    await evaluateError(slice(`manifests('echo')`, patch(`extra: { apiVersion: 'v1', kind: 'ConfigMap' }`))),
    /resources\.workload\.extra: half a manifest, it lacks metadata/,
  );
});

test('a manifest outside the namespaces and kinds of its component is refused', async () => {
  const extra = (manifest: string) =>
    slice(`manifests('echo')`, `{ echo: echo { resources+:: { extra: ${manifest} } } }`);
  assert.match(
    await evaluateError(
      extra(`{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'kube-system' } }`),
    ),
    /its namespace is kube-system; add it to otherNamespaces of echo/,
  );
  assert.match(
    await evaluateError(
      extra(`{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' } }`),
    ),
    /add \{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" \} to clusterKinds of echo/,
  );
});

test('the profile replicates, spreads and protects', async () => {
  const render = (profile: string) =>
    evaluate(slice(`manifests('echo')`, '{ echo: echo }', `{ profile: '${profile}' }`));
  const small = await render('small');
  const large = await render('highly-available');
  const deployment = (manifests: any[]) => manifests.find((m) => m.kind === 'Deployment').spec;
  assert.equal(deployment(small).replicas, 1);
  assert.equal(deployment(small).template.spec.topologySpreadConstraints, undefined);
  assert.equal(deployment(large).replicas, 2);
  assert.deepEqual(
    deployment(large).template.spec.topologySpreadConstraints.map((c: any) => c.topologyKey),
    ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
  );
  assert.ok(names(large).includes('PodDisruptionBudget/echo'));
  assert.ok(!names(small).includes('PodDisruptionBudget/echo'));
});

test('the app cluster holds namespaces that enforce Pod Security and deny traffic by default', async () => {
  const manifests = await evaluate(slice(`manifests('cluster')`, '{ echo: echo }'));
  const namespace = manifests.find((m: any) => m.kind === 'Namespace');
  assert.equal(namespace.metadata.labels['pod-security.kubernetes.io/enforce'], 'restricted');
  assert.match(namespace.metadata.labels['pod-security.kubernetes.io/enforce-version'], /^v1\.\d+$/);
  const policy = manifests.find((m: any) => m.kind === 'NetworkPolicy');
  assert.deepEqual(policy.spec, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  assert.equal(policy.metadata.namespace, 'echo');
});

test('less than restricted Pod Security needs a reason', async () => {
  const components = (security: string) => `{ echo: echo { podSecurity+:: ${security} } }`;
  assert.match(
    await evaluateError(slice(`manifests('echo')`, components(`{ level: 'baseline' }`))),
    /set podSecurity\.reason, why its pods need more than "restricted" allows/,
  );
  const manifests = await evaluate(
    slice(`manifests('cluster')`, components(`{ level: 'baseline', reason: 'binds host ports' }`)),
  );
  const namespace = manifests.find((m: any) => m.kind === 'Namespace');
  assert.equal(namespace.metadata.labels['pod-security.kubernetes.io/enforce'], 'baseline');
  assert.equal(namespace.metadata.annotations['rekindle/pod-security-reason'], 'binds host ports');
});

test('a component may have further namespaces, with bounds, and workloads in them', async () => {
  const jobs = (more: string) => `{ echo: echo {
    namespaces:: { 'echo-jobs': ${more} },
    workloads+:: { job: { namespace: 'echo-jobs', replicated: false, ports: { http: 80 } }, quiet: { replicated: false, serviceAccount: false } },
    calls:: [{ from: ['server', 'quiet'], to: 'job', port: 'http' }, { from: 'job', to: ['server'], port: 'http' }],
    size+: { job: { cpu: '1m', memory: '1Mi' } },
  } }`;
  const declared = `{ podSecurity: { level: 'baseline', reason: 'root' }, quota: { pods: '5' }, limits: [{ type: 'Pod', max: { cpu: '1' } }] }`;
  const base = await evaluate(slice(`manifests('cluster')`, jobs(declared)));
  const find = (manifests: any[], kind: string, name: string, namespace?: string) =>
    manifests.find((m) => m.kind === kind && m.metadata.name === name && m.metadata.namespace === namespace);
  const { metadata } = find(base, 'Namespace', 'echo-jobs');
  assert.equal(metadata.labels['pod-security.kubernetes.io/enforce'], 'baseline');
  assert.equal(metadata.annotations['rekindle/pod-security-reason'], 'root');
  assert.ok(find(base, 'NetworkPolicy', 'default-deny', 'echo-jobs'));
  assert.deepEqual(find(base, 'ResourceQuota', 'bounds', 'echo-jobs').spec, { hard: { pods: '5' } });
  assert.deepEqual(find(base, 'LimitRange', 'bounds', 'echo-jobs').spec.limits, [{ type: 'Pod', max: { cpu: '1' } }]);
  assert.equal(
    find(base, 'Namespace', 'echo').metadata.labels['pod-security.kubernetes.io/enforce'],
    'restricted',
    'its own namespace is as it was',
  );

  const app = await evaluate(slice(`manifests('echo')`, jobs(declared)));
  assert.ok(find(app, 'ServiceAccount', 'echo-job', 'echo-jobs'));
  assert.equal(find(app, 'ServiceAccount', 'echo-quiet', 'echo'), undefined);
  const policy = find(app, 'NetworkPolicy', 'echo-job', 'echo-jobs').spec;
  assert.equal(policy.ingress[0].from.length, 1);
  assert.equal(policy.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'], 'echo');
  const egress = find(app, 'NetworkPolicy', 'echo', 'echo').spec.egress.flatMap((rule: any) => rule.to);
  assert.ok(
    egress.some(
      (to: any) => to.namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === 'echo-jobs' && to.podSelector,
    ),
  );
  assert.match(
    await evaluateError(slice(`manifests('echo')`, jobs(`{ podSecurity: { level: 'baseline' } }`))),
    /namespaces\.echo-jobs\.podSecurity\.level is "baseline": set its reason/,
  );
});

test('waves come from needs; a circle shows its way round', async () => {
  const chain = `{ a: echo { name: 'a', needs:: ['b'] }, b: echo { name: 'b', needs:: ['c'] }, c: echo { name: 'c' }, d: echo { name: 'd', after:: ['a', 'absent'] } }`;
  assert.deepEqual(await evaluate(slice('waves', chain)), { cluster: 0, a: 3, b: 2, c: 1, d: 4 });
  assert.equal(
    await evaluateError(
      slice('waves', `{ a: echo { name: 'a', needs:: ['b'] }, b: echo { name: 'b', needs:: ['a'] } }`),
    ),
    'test: components need each other in a circle: a -> b -> a',
  );
});

test('capacity adds up requests and knows what nodes keep for themselves', async () => {
  const capacity = await evaluate(
    slice(
      'capacity',
      '{ echo: echo { replicas: { server: 3 } } }',
      `{ nodes: [{ count: 2, cpu: '4', memory: '8Gi' }] }`,
    ),
  );
  assert.deepEqual(capacity.requested, { cpu: 0.03, memory: 3 * 16 * 2 ** 20 });
  // Google's table for 4 cores and 8 GiB: 60m + 10m + 2·5m, and 1 GiB + 0.8 GiB + 100 MiB.
  assert.equal(capacity.allocatable.cpu, 2 * 3.92);
  assert.equal(capacity.allocatable.memory, 2 * (8 * 2 ** 30 - Math.ceil(1.8 * 2 ** 30 + 100 * 2 ** 20)));
});

test('settings shows what the environment decided, and nothing hidden', async () => {
  const settings = await evaluate(slice('settings', `{ echo: echo { greeting: 'hi' } }`));
  assert.equal(settings.domain, 'test.example');
  assert.equal(settings.components.echo.greeting, 'hi');
  assert.deepEqual(Object.keys(settings.components.echo), [
    'enabled',
    'greeting',
    'name',
    'namespace',
    'replicas',
    'size',
  ]);
});

test('secrets lists names and keys', async () => {
  const components = `{ echo: echo { secrets:: { 'echo-token': { keys: { token: 'What it signs in with.' } } } } }`;
  assert.deepEqual(await evaluate(slice('secrets', components)), [
    { component: 'echo', namespace: 'echo', name: 'echo-token', keys: { token: 'What it signs in with.' } },
  ]);
});

test('schema has a row for each setting and refuses unknown ones', async () => {
  const schema = await evaluate(slice('schema', '{ echo: echo }'));
  const row = schema.components.echo.find((r: any) => r.path === 'greeting');
  assert.deepEqual(row, { path: 'greeting', type: 'string', help: 'What it says.', required: false, default: 'hello' });
  assert.equal(schema.jsonSchema.properties.components.properties.echo.additionalProperties, false);
  assert.equal(schema.cluster.find((r: any) => r.path === 'domain').default, undefined);
});

test('a call that names nothing fails the app of the caller alone', async () => {
  const components = (call: string) => `{ echo: echo { calls:: [${call}] }, other: echo { name: 'other' } }`;
  const fails = async (call: string, expected: RegExp) => {
    assert.match(await evaluateError(slice(`manifests('echo')`, components(call))), expected);
    await evaluate(slice(`manifests('other')`, components(call)));
  };
  await fails(
    `{ from: 'server', to: 'api-sever' }`,
    /"api-sever" is neither a workload nor a peer; did you mean "api-server"\?/,
  );
  await fails(
    `{ from: 'server', to: { component: 'other', workload: 'sever' }, port: 'http' }`,
    /other has no workload "sever"; did you mean "server"\?/,
  );
  await fails(
    `{ from: 'server', to: { component: 'other', workload: 'server' }, port: 'https' }`,
    /other\/server has no port "https"; did you mean "http"\?/,
  );
  await fails(
    `{ from: ['server', 'sever'], to: ['server'], port: 'http' }`,
    /echo has no workload "sever"; did you mean/,
  );
  await fails(
    `{ from: ['server'], to: ['server', 'sever'], port: 'http' }`,
    /echo has no workload "sever"; did you mean/,
  );
});

test('a call between several workloads is one rule, and one call for each pair', async () => {
  const gossip = `echo {
    workloads:: { [role]: { ports: { gossip: 7946 } } for role in ['a', 'b', 'c'] },
    size: { [role]: { cpu: '1m', memory: '1Mi' } for role in ['a', 'b', 'c'] },
    calls:: [{ from: ['a', 'b'], to: ['b', 'c'], port: 'gossip' }],
    resources+:: { workload:: {} },
  }`;
  const { policies, pairs } = await evaluate(`
    local cluster = ${clusterOf(`{ echo: ${gossip} }`)};
    {
      policies: { [m.metadata.name]: m.spec for m in cluster.manifests('echo') if m.kind == 'NetworkPolicy' },
      pairs: [call.from.workload + call.to.workload for call in cluster.traffic.calls if std.objectHas(call.to, 'workload')],
    }
  `);
  const several = (workloads: string[]) => [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'echo' } },
      podSelector: {
        matchLabels: { 'app.kubernetes.io/instance': 'echo' },
        matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: workloads }],
      },
    },
  ];
  const ports = [{ port: 7946, protocol: 'TCP' }];
  assert.deepEqual(policies['echo-a'].egress[0], { to: several(['echo-b', 'echo-c']), ports });
  assert.equal(policies['echo-a'].ingress, undefined);
  assert.deepEqual(policies['echo-c'].ingress, [{ from: several(['echo-a', 'echo-b']), ports }]);
  assert.deepEqual(pairs, ['ab', 'ac', 'bb', 'bc']);
});
