import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { evaluate, evaluateAll } from './evaluate.ts';
import { app, argsOf, cluster, digitalOcean, find, podOf, valuesOf } from './external-dns-cluster.ts';

const root = path.resolve(import.meta.dirname, '../..');

const rendered = await evaluateAll({
  small: app('{}'),
  digitalOcean: app(digitalOcean),
  webhook: app(`{
    provider: 'webhook', credentials: { API_KEY: { name: 'provider', key: 'key' } }, environment: { LEVEL: 'info' },
    webhook: { image: { image: 'registry.example/provider', tag: '1.0.0' }, args: ['--x'], probePort: 8081 },
  }`),
  azure: app(`{ provider: 'azure', credentials: { 'azure.json': { name: 'azure', key: 'config' } } }`),
  google: app(
    `{ provider: 'google', credentials: { 'credentials.json': { name: 'google', key: 'key.json' } }, flags: { 'google-project': 'x' } }`,
  ),
  transip: app(
    `{ provider: 'transip', credentials: { 'transip-api-key': { name: 'transip', key: 'key' } }, flags: { 'transip-account': 'me' } }`,
  ),
  identity: app(`{
    provider: 'aws', credentials: {}, serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/dns' }, podLabels: { identity: 'yes' },
  }`),
});

test('credentials come from Secrets by reference, as variables', () => {
  assert.deepEqual(podOf(rendered.small).containers[0].env, [
    { name: 'CF_API_TOKEN', valueFrom: { secretKeyRef: { name: 'cloudflare', key: 'token' } } },
  ]);
});

test('credentials that are files are mounted where the provider looks, or where it is told', () => {
  const azure = podOf(rendered.azure);
  assert.deepEqual(azure.volumes, [
    { name: 'azure-json', secret: { secretName: 'azure', items: [{ key: 'config', path: 'azure.json' }] } },
  ]);
  assert.deepEqual(azure.containers[0].volumeMounts, [
    { name: 'azure-json', mountPath: '/etc/kubernetes', readOnly: true },
  ]);
  assert.deepEqual(podOf(rendered.google).containers[0].env, [
    { name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/external-dns/google/credentials.json' },
  ]);
  assert.deepEqual(valuesOf(argsOf(rendered.transip), 'transip-keyfile'), [
    '/etc/external-dns/transip/transip-api-key',
  ]);
});

test('workload identity: no Secret, an annotated ServiceAccount and labelled pods', () => {
  assert.equal(podOf(rendered.identity).containers[0].env, undefined);
  assert.deepEqual(find(rendered.identity, 'ServiceAccount').metadata.annotations, {
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/dns',
  });
  assert.equal(find(rendered.identity, 'Deployment').spec.template.metadata.labels.identity, 'yes');
});

test('the Secrets that must exist are declared with their keys', async () => {
  const secrets = await evaluate(
    `(${cluster(`{ registry+: { encryptionKey: { name: 'cloudflare', key: 'aes' } } }`)}).secrets`,
  );
  const own = secrets.filter((s: any) => s.component === 'external-dns');
  assert.deepEqual(
    own.map((s: any) => [s.namespace, s.name, Object.keys(s.keys)]),
    [['external-dns', 'cloudflare', ['aes', 'token']]],
  );
});

test('digitalocean runs beside external-dns: it has the token, external-dns does not', () => {
  const { initContainers, containers } = podOf(rendered.digitalOcean);
  const [webhook] = initContainers;
  assert.equal(webhook.restartPolicy, 'Always');
  assert.match(webhook.image, /^ghcr\.io\/amoniacou\/external-dns-digitalocean-webhook:/);
  assert.deepEqual(webhook.env, [
    { name: 'DO_TOKEN', valueFrom: { secretKeyRef: { name: 'digitalocean', key: 'token' } } },
  ]);
  assert.equal(webhook.startupProbe.httpGet.path, '/healthz');
  assert.equal(containers[0].env, undefined);
  assert.deepEqual(valuesOf(containers[0].args, 'provider'), ['webhook']);
  assert.deepEqual(valuesOf(containers[0].args, 'webhook-provider-url'), ['http://localhost:8888']);
});

test('any other program by webhook', () => {
  const { initContainers, containers } = podOf(rendered.webhook);
  const [webhook] = initContainers;
  assert.equal(webhook.image, 'registry.example/provider:1.0.0');
  assert.deepEqual(webhook.args, ['--x']);
  assert.deepEqual(webhook.env, [
    { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'provider', key: 'key' } } },
    { name: 'LEVEL', value: 'info' },
  ]);
  assert.deepEqual(webhook.ports, [{ name: 'webhook', containerPort: 8081, protocol: 'TCP' }]);
  assert.deepEqual(containers[0].ports, [{ name: 'http', containerPort: 7979, protocol: 'TCP' }]);
});

test('every variant is valid by the schemas of Kubernetes', () => {
  const checker = loadChecker({ root, kubernetes: '1.36' });
  assert.deepEqual(
    (Object.values(rendered) as any[][]).flat().flatMap((manifest) => checker.check(manifest)),
    [],
  );
});
