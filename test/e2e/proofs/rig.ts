// The rig itself: what the other proofs take for granted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../rig/run.ts';
import { waitUntil } from '../rig/api.ts';
import { startRig } from '../rig/rig.ts';

const rig = await startRig({ real: ['default/real'] });
const { api } = rig;

test('nodes are ready and pods are scheduled and run', async () => {
  const pod = (name: string, labels: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [{ name: 'main', image: 'example.org/nothing:1' }] },
  });
  await waitUntil(
    async () =>
      (await api.find({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: 'default' },
      })) !== undefined,
    { what: 'ServiceAccount default' },
  );
  await api.create(pod('played', {}));
  await api.create(pod('left-alone', { 'app.kubernetes.io/name': 'real' }));
  await api.waitFor(pod('played', {}), (live) => live?.status?.phase === 'Running');
  await api.waitFor(pod('left-alone', {}), (live) => live?.spec?.nodeName !== undefined);
  assert.equal((await api.get(pod('left-alone', {}))).status.phase, 'Pending');
});

test('a Service leads to the program behind it, by its name, from a pod and from the nodes', async () => {
  const network = await rig.addPodNetwork();
  await rig.start({ name: 'backend', command: [process.execPath, '-e', backend], enter: network.enter });
  const metadata = { name: 'echo', namespace: 'default' };
  await api.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { ports: [{ port: 443, targetPort: 10250 }] },
  } as never);
  await api.apply({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'echo' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [network.address] }],
    ports: [{ port: 10250 }],
  } as never);
  const ask =
    'const s = require("net").connect(443, "echo.default.svc.cluster.local"); s.setTimeout(3000, () => s.destroy(new Error("slow"))); s.pipe(process.stdout)';
  const other = await rig.addPodNetwork();
  await waitUntil(async () => (await run(process.execPath, ['-e', ask], { seconds: 30 })) === 'hello', {
    what: 'the nodes reach the Service',
    seconds: 120,
  });
  for (const [who, { enter }] of Object.entries({ 'another pod': other, 'the pod itself': network })) {
    assert.equal(await run(enter[0]!, [...enter.slice(1), process.execPath, '-e', ask], { seconds: 30 }), 'hello', who);
  }
});

const backend = 'require("net").createServer((s) => s.end("hello")).listen(10250)';

test('a pod reaches the API server by its name, with the token of its ServiceAccount and no more rights than that has', async () => {
  const { enter } = await rig.addPodNetwork();
  const token = await api.tokenFor({ namespace: 'default', serviceAccount: 'default' });
  const ask = `require('https').get({ host: 'kubernetes.default.svc.cluster.local', path: '/api/v1/secrets', ca: ${JSON.stringify(api.access.ca)},
    headers: { authorization: 'Bearer ${token}' } }, (answer) => { console.log(answer.statusCode); process.exit(); })`;
  assert.equal((await run(enter[0]!, [...enter.slice(1), process.execPath, '-e', ask])).trim(), '403');
  await waitUntil(
    () =>
      rig
        .forbidden()
        .some(({ user, uri }) => user === 'system:serviceaccount:default:default' && uri.startsWith('/api/v1/secrets')),
    { what: 'the refused call is in the audit log', seconds: 60 },
  );
});

test('nothing leads out of the rig', async () => {
  const ask =
    'require("net").connect(443, "192.0.2.1").on("connect", () => console.log("out")).setTimeout(2000, process.exit)';
  assert.equal(await run(process.execPath, ['-e', ask], { seconds: 30 }), '');
});
