// What is wrong with the settings of Mimir, Loki and Tempo beyond their types, each with its way out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluateAll, evaluateError } from './evaluate.ts';
import { app, cluster, highlyAvailable, problemsOf, type Store, tenants } from './stores-cluster.ts';

const lib = path.resolve(import.meta.dirname, '../../lib');

const mistakes: [store: Store, settings: string, extra: string, problem: string | null][] = [
  ['mimir', '{}', '{}', null],
  ['loki', '{}', highlyAvailable, null],
  ['tempo', '{}', highlyAvailable, null],
  ['mimir', '{ replicas+: { mimir: 3 } }', '{}', null],
  [
    'mimir',
    '{ replicas+: { mimir: 2 } }',
    '{}',
    'replicas.mimir: 1, or 3 and more: of two neither is the majority that a write needs',
  ],
  [
    'mimir',
    '{}',
    `${highlyAvailable} + { zones: ['a', 'b'] }`,
    'mode: "microservices" keeps copies in three zones; the cluster names 2: a, b',
  ],
  [
    'mimir',
    '{ replicas+: { compactor: 0 } }',
    highlyAvailable,
    'replicas.compactor: without one nothing is ever deleted, and queries do not learn of new blocks',
  ],
  [
    'mimir',
    '{ overrides: { blog: {} } }',
    '{}',
    'overrides.blog: the cluster has no tenants; set tenancy.enabled, or write the limit into limits',
  ],
  ['mimir', '{ overrides: { blog: {} } }', tenants, null],
  [
    'mimir',
    `{ limits+: { compactor_blocks_retention_period: '1d' } }`,
    '{}',
    'limits.compactor_blocks_retention_period: set retention instead',
  ],
  [
    'mimir',
    `{ limits+: { metric_relabel_configs: [{ replacement: '$1' }] } }`,
    '{}',
    'limits: a $ begins a variable in the configuration file; write limits that need one into overrides, where nothing is expanded',
  ],
  [
    'mimir',
    `{ api: { host: 'mimir.test' } }`,
    '{}',
    'api: anybody could read and write; set clientCertificate or jwt, by which clients prove who they are',
  ],
  [
    'loki',
    `{ api: { host: 'loki.test', clientCertificate: { caSecret: 'ca' }, tenant: 'guests' } }`,
    '{}',
    'api.tenant: the cluster has no tenants; set tenancy.enabled, or leave it out',
  ],
  ['loki', `{ api: { host: 'loki.test', clientCertificate: { caSecret: 'ca' }, tenant: 'guests' } }`, tenants, null],
  ['loki', `{ retention: '12h' }`, '{}', 'retention: 12h is below 24h: the index is cut by day'],
  ['loki', `{ retention: '1w' }`, '{}', null],
  [
    'loki',
    `{ replicas+: { compactor: 2 } }`,
    highlyAvailable,
    'replicas.compactor: one, never more: two would delete from the same index',
  ],
  ['loki', `{ schema: [] }`, '{}', 'schema: without an entry Loki knows no place for its index'],
  [
    'loki',
    `{ schema: [{ from: '2024-4-1', version: 'v13' }] }`,
    '{}',
    'schema: "2024-4-1" is no day; write it as 2024-04-01',
  ],
  ['loki', `{ schema+: [{ from: '2023-01-01', version: 'v13' }] }`, '{}', 'schema: its days must follow one another'],
  [
    'tempo',
    `{ mode: 'microservices' }`,
    highlyAvailable,
    'kafka: mode "microservices" of Tempo 3 keeps traces in Kafka until they are stored; set its address and topic, or leave mode at "monolithic"',
  ],
  [
    'tempo',
    `{ kafka: { address: 'kafka:9092', topic: 'traces' } }`,
    '{}',
    'kafka: mode "monolithic" has no use for it; set mode to "microservices", or kafka to null',
  ],
  [
    'tempo',
    `{ mode: 'microservices', kafka: { address: 'kafka', topic: 'traces' } }`,
    '{}',
    'kafka.address: expected host:port, found "kafka"',
  ],
  [
    'tempo',
    '{ replicas+: { tempo: 2 } }',
    '{}',
    'replicas.tempo: one, never more: two would both schedule what is deleted; mode "microservices" has more',
  ],
  [
    'tempo',
    `{ mode: 'microservices', kafka: { address: 'kafka:9092', topic: 'traces' }, replicas+: { 'block-builder': 2 } }`,
    '{}',
    'replicas.block-builder: 2 pods for 1 partitions; leave it to kafka.partitions',
  ],
  ['tempo', `{ retention: '30m' }`, '{}', 'retention: 30m is below 1h: queries may still read a block that is gone'],
];

test('mistakes name the setting and the way out', async () => {
  const found = await evaluateAll(
    Object.fromEntries(mistakes.map(([store, settings, extra], i) => [i, `(${problemsOf(store, settings, extra)})`])),
  );
  mistakes.forEach(([store, settings, , problem], i) => {
    const expected = problem === null ? [] : [`test: components.${store}.${problem}`];
    assert.deepEqual(found[i], expected, `${store} ${settings}`);
  });
});

test('without storage no store is rendered, and the way out is named', async () => {
  assert.equal(
    await evaluateError(app('tempo', '{}', `{ objectStorage+: { endpoint: null } }`)),
    'test: set objectStorage.endpoint, the host of the S3 endpoint, or components.object-storage.server.enabled',
  );
});

test('without the component object-storage it is said who needs it', async () => {
  assert.match(
    await evaluateError(`(${cluster({ 'object-storage': '{ enabled: false }' })}).manifests('loki')`),
    /loki needs "object-storage", which is off; set components\.object-storage\.enabled|component "object-storage", which loki needs, is off/,
  );
});

test('the settings in the READMEs are right', async () => {
  const examples = (['loki', 'mimir', 'object-storage', 'tempo'] as const).flatMap((store) =>
    [...readFileSync(path.join(lib, store, 'README.md'), 'utf8').matchAll(/```jsonnet settings\n([\s\S]*?)```/g)].map(
      (match) => [store, match[1]!] as const,
    ),
  );
  assert.ok(examples.length >= 8, `${examples.length}`);
  const found = await evaluateAll(
    Object.fromEntries(
      examples.map(([store, settings], i) => [
        i,
        `(${problemsOf(
          store,
          settings,
          store === 'object-storage' ? `{ objectStorage+: { endpoint: null } }` : '{}',
          `'alloy-node': import 'alloy-node/main.libsonnet',`,
        )})`,
      ]),
    ),
  );
  examples.forEach(([store, settings], i) => assert.deepEqual(found[i], [], `${store} ${settings}`));
});
