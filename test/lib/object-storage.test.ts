import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valid } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { gapsOf } from './hardening.ts';
import { app, cluster, highlyAvailable, kind, problemsOf } from './stores-cluster.ts';

const server = `{ server+: { enabled: true } }`;
const onHost = `{ server+: { enabled: true, hostPath: '/srv/objects' } }`;
const nowhere = `{ objectStorage+: { endpoint: null } }`;
const ofBucket = (settings: string, extra: string) =>
  `(${cluster({ 'object-storage': settings }, extra)}).get('object-storage').bucket('mimir', 'blocks')`;

const rendered = await evaluateAll({
  external: app('object-storage'),
  server: app('object-storage', server, nowhere),
  host: app('object-storage', onHost, `${nowhere} + { storageClass: 'fast' }`),
  otherBuckets: app('object-storage', onHost, `${nowhere} + { objectStorage+: { bucketPrefix: 'other' } }`),
  available: app('object-storage', server, `${nowhere} + ${highlyAvailable}`),
  outside: ofBucket('{}', '{}'),
  inside: ofBucket(server, nowhere),
  elsewhere: ofBucket(
    '{}',
    `{ objectStorage+: {
      endpoint: 'minio.example.net:9000', insecure: true, pathStyle: true,
      credentials+: { secretName: 's3', accessKey: 'id', secretKey: 'key' },
      buckets: { mimir: { blocks: { bucket: 'everything', prefix: 'blocks' } } },
    } }`,
  ),
  all: `(${cluster()}).get('object-storage').all`,
  calls: `[(${cluster()}).get('object-storage').calledBy('mimir', 's3'), (${cluster({ 'object-storage': server }, nowhere)}).get('object-storage').calledBy('mimir', 's3')]`,
  secrets: `[{ [s.component]: s.name + ' ' + std.join(' ', std.objectFields(s.keys)) } for s in (${cluster({ 'object-storage': server }, nowhere)}).secrets]`,
  plainHTTP: `[m.spec.egress for m in (${cluster({}, `{ objectStorage+: { insecure: true } }`)}).manifests('tempo') if m.kind == 'NetworkPolicy'][0]`,
  ranges: `[m.spec.egress for m in (${cluster({}, `{ network+: { objectStorageCIDRs: ['192.0.2.0/24', '2001:db8::/32'] } }`)}).manifests('tempo') if m.kind == 'NetworkPolicy'][0]`,
});

test('an external service needs nothing in the cluster', () => {
  assert.deepEqual(rendered.external, []);
});

test('where a bucket is: outside, in the cluster, and where the environment puts it', () => {
  const keys = { accessKey: 'access-key-id', secretKey: 'secret-access-key' };
  assert.deepEqual(rendered.outside, {
    endpoint: 's3.example.net',
    region: 'eu-1',
    pathStyle: false,
    insecure: false,
    bucket: 'test-mimir-blocks',
    prefix: '',
    secretName: 'object-storage',
    keys,
  });
  assert.deepEqual(rendered.inside, {
    ...rendered.outside,
    endpoint: 'object-storage.object-storage.svc:7070',
    pathStyle: true,
    insecure: true,
  });
  assert.deepEqual(rendered.elsewhere, {
    endpoint: 'minio.example.net:9000',
    region: 'eu-1',
    pathStyle: true,
    insecure: true,
    bucket: 'everything',
    prefix: 'blocks',
    secretName: 's3',
    keys: { accessKey: 'id', secretKey: 'key' },
  });
});

test('every purpose has a bucket of its own, for whoever makes them', () => {
  const names = rendered.all.map((b: any) => b.bucket);
  assert.deepEqual(names, [
    'test-loki-chunks',
    'test-loki-ruler',
    'test-mimir-alertmanager',
    'test-mimir-blocks',
    'test-mimir-ruler',
    'test-tempo-traces',
  ]);
  assert.ok(rendered.all.every((b: any) => b.holds !== ''));
});

test('components reach the storage where it is, and its port follows TLS', () => {
  assert.deepEqual(rendered.calls, [
    { from: 'mimir', to: 'object-storage' },
    { from: 'mimir', to: { component: 'object-storage', workload: 'server' }, port: 's3' },
  ]);
  assert.ok(JSON.stringify(rendered.plainHTTP).includes('"port":80,'));
});

test('who knows the ranges of the endpoint opens nothing else', () => {
  assert.deepEqual(
    rendered.ranges.filter(({ to }: any) => to.some(({ ipBlock }: any) => ipBlock !== undefined)),
    [
      {
        to: [{ ipBlock: { cidr: '192.0.2.0/24' } }, { ipBlock: { cidr: '2001:db8::/32' } }],
        ports: [{ port: 443, protocol: 'TCP' }],
      },
    ],
  );
});

test('the Secret must exist beside everybody who uses it', () => {
  assert.deepEqual(
    rendered.secrets,
    ['loki', 'mimir', 'object-storage', 'tempo'].map((name) => ({
      [name]: 'object-storage access-key-id secret-access-key',
    })),
  );
});

test('the server is one hardened pod that waits for its predecessor to end, in every profile', () => {
  for (const manifests of [rendered.server, rendered.available]) {
    valid(manifests);
    const deployment = kind(manifests, 'Deployment')['object-storage'];
    assert.equal(deployment.spec.replicas, 1);
    assert.equal(deployment.spec.strategy.type, 'Recreate');
    for (const m of manifests.filter((o: any) => o.spec?.template !== undefined)) {
      assert.deepEqual(gapsOf(m.spec.template.spec, m.kind), []);
    }
  }
  const { args, env } = kind(rendered.server, 'Deployment')['object-storage'].spec.template.spec.containers[0];
  assert.deepEqual(args, ['--port=:7070', '--region=eu-1', '--health=/health', '--quiet', 'posix', '/data']);
  assert.deepEqual(
    env.filter((e: any) => e.valueFrom !== undefined).map((e: any) => e.valueFrom.secretKeyRef.key),
    ['access-key-id', 'secret-access-key'],
  );
});

test('its files are on a volume that nothing prunes: of the StorageClass, or a folder of the node', () => {
  const keeps = { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' };
  const claim = kind(rendered.server, 'PersistentVolumeClaim')['object-storage'];
  assert.deepEqual(claim.metadata.annotations, keeps);
  assert.equal(claim.spec.storageClassName, undefined);
  assert.deepEqual(kind(rendered.server, 'PersistentVolume'), {});

  valid(rendered.host);
  const volume = kind(rendered.host, 'PersistentVolume')['test-object-storage'];
  assert.deepEqual(volume.spec.local, { path: '/srv/objects' });
  assert.equal(volume.spec.persistentVolumeReclaimPolicy, 'Retain');
  assert.deepEqual(volume.metadata.annotations, keeps);
  const bound = kind(rendered.host, 'PersistentVolumeClaim')['object-storage'].spec;
  assert.equal(bound.volumeName, 'test-object-storage');
  // Else the default class would make another volume.
  assert.equal(bound.storageClassName, '');
});

test('a Job makes the buckets after the server; other buckets are another Job', () => {
  const job = rendered.host.find((m: any) => m.kind === 'Job');
  assert.equal(job.metadata.annotations['argocd.argoproj.io/sync-wave'], '1');
  const env = Object.fromEntries(
    job.spec.template.spec.containers[0].env.map((e: any) => [e.name, e.value ?? e.valueFrom.secretKeyRef.key]),
  );
  assert.deepEqual(env['BUCKETS'].split(' '), [
    'test-loki-chunks',
    'test-loki-ruler',
    'test-mimir-alertmanager',
    'test-mimir-blocks',
    'test-mimir-ruler',
    'test-tempo-traces',
  ]);
  assert.equal(env['ADMIN_ENDPOINT_URL'], 'http://object-storage.object-storage.svc:7070');
  const other = rendered.otherBuckets.find((m: any) => m.kind === 'Job');
  assert.match(job.metadata.name, /^object-storage-buckets-[0-9a-f]{8}$/);
  assert.notEqual(other.metadata.name, job.metadata.name);
});

const buckets = (said: string) => `{ objectStorage+: { buckets: ${said} } }`;
const mistakes: Record<string, [settings: string, extra: string, problems: string[]]> = {
  none: ['{}', '{}', []],
  nowhere: ['{}', nowhere, ['server.enabled: there is no storage; set it, or objectStorage.endpoint of the cluster']],
  both: [
    server,
    '{}',
    ['server.enabled: objectStorage.endpoint of the cluster is s3.example.net; set it to null, or turn the server off'],
  ],
  folder: [`{ server+: { enabled: true, hostPath: 'srv' } }`, nowhere, ['server.hostPath: "srv" must begin with /']],
  component: [
    '{}',
    buckets(`{ mimri: { blocks: { bucket: 'abc' } } }`),
    ['buckets: objectStorage.buckets.mimri is no component that stores objects; did you mean "mimir"?'],
  ],
  purpose: [
    '{}',
    buckets(`{ mimir: { block: { bucket: 'abc' } } }`),
    ['buckets: objectStorage.buckets.mimir.block: it stores no such thing; did you mean "blocks"?'],
  ],
  shared: [
    '{}',
    buckets(`{ mimir: { ruler: { bucket: 'rules' } }, loki: { ruler: { bucket: 'rules' } } }`),
    [
      'buckets: loki.ruler and mimir.ruler would both write to "rules"; give one of them another bucket or prefix in objectStorage.buckets of the cluster',
    ],
  ],
  inside: [
    '{}',
    buckets(`{ mimir: { ruler: { bucket: 'rules' } }, loki: { ruler: { bucket: 'rules', prefix: 'loki' } } }`),
    [
      'buckets: mimir.ruler and loki.ruler would both write to "rules" with prefix "loki"; give one of them another bucket or prefix in objectStorage.buckets of the cluster',
    ],
  ],
  sideBySide: [
    '{}',
    buckets(
      `{ mimir: { ruler: { bucket: 'rules', prefix: 'mimir' } }, loki: { ruler: { bucket: 'rules', prefix: 'loki' } } }`,
    ),
    [],
  ],
  name: [
    '{}',
    buckets(`{ tempo: { traces: { bucket: 'Traces' } } }`),
    [
      'buckets: "Traces", for tempo.traces, is no name of a bucket: 3 to 63 lower-case letters, digits, dashes and dots; set objectStorage.bucketPrefix or objectStorage.buckets',
    ],
  ],
  prefix: [
    '{}',
    buckets(`{ tempo: { traces: { bucket: 'traces', prefix: 'a/b' } } }`),
    ['buckets: prefix "a/b", for tempo.traces: letters and digits only'],
  ],
};

test('mistakes name the setting and the way out', async () => {
  const found = await evaluateAll(
    Object.fromEntries(
      Object.entries(mistakes).map(([name, [settings, extra]]) => [
        name,
        `(${problemsOf('object-storage', settings, extra)})`,
      ]),
    ),
  );
  for (const [name, [, , problems]] of Object.entries(mistakes)) {
    assert.deepEqual(
      found[name],
      problems.map((problem) => `test: components.object-storage.${problem}`),
      name,
    );
  }
});

test('two that would write to one place are stopped themselves, not only the app of the storage', async () => {
  const extra = mistakes['shared']![1];
  const found = await evaluateAll(
    Object.fromEntries(
      (['loki', 'mimir', 'tempo'] as const).map((name) => [name, `(${problemsOf(name, '{}', extra)})`]),
    ),
  );
  assert.equal(found.loki.length, 1);
  assert.equal(found.mimir.length, 1);
  assert.deepEqual(found.tempo, []);
});
