// Deployed is a Tempo that can't be built here (test/e2e/README.md): its configuration is compared with what that version documents.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluateAll } from './evaluate.ts';
import { cluster, highlyAvailable, kafka, tenants } from './stores-cluster.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { tempo: deployed } = JSON.parse(readFileSync(path.join(root, 'lib/versions.json'), 'utf8'));

/**
 * The keys of docs/sources/tempo/configuration/manifest.md of that version, and those that it leaves out because they are
 * empty: of the root (cmd/tempo/app/config.go), of overrides (modules/overrides/config.go) and of the generator's registry and
 * storage. null: anything may stand there, or what is below is not recorded.
 */
const recorded = path.join(import.meta.dirname, 'recorded', `tempo-${deployed.tag}.json`);

const unknown = (config: string): string =>
  `(import 'component/unknown-keys.libsonnet')(${config}, ${readFileSync(recorded, 'utf8')}, 'Tempo ${deployed.tag}')`;
const configOf = (settings = '{}', extra = '{}'): string =>
  `(${cluster({ tempo: settings }, extra)}).get('tempo').config`;

const everything = `{
  receivers+: { jaeger: true, zipkin: true },
  limits: { ingestion: { rate_limit_bytes: 1 }, read: { max_search_duration: '1h' } },
}`;
const found = await evaluateAll({
  alone: unknown(configOf()),
  everything: unknown(configOf(`${everything} + { caches+: { blocks: '64Mi' } }`, tenants)),
  parts: unknown(
    configOf(
      `${kafka} + ${everything} + { kafka+: { credentials: { secretName: 'kafka', userKey: 'u', passwordKey: 'p' } } }`,
      highlyAvailable,
    ),
  ),
  withoutMetrics: unknown(configOf('{ metrics: [] }')),
  wrong: unknown(`${configOf()} + { live_store+: { ring+: { instance_zon: 'a' }, max_live: 1 }, compactor: {} }`),
});

for (const [name, complaints] of Object.entries(found).filter(([key]) => key !== 'wrong'))
  test(`Tempo ${deployed.tag} documents every key: ${name}`, () => assert.deepEqual(complaints, []));

test('a key of another version, and one that is misspelt, is found', () => {
  assert.deepEqual(found.wrong, [
    `config.compactor: Tempo ${deployed.tag} knows no such key`,
    `config.live_store.max_live: Tempo ${deployed.tag} knows no such key`,
    `config.live_store.ring.instance_zon: Tempo ${deployed.tag} knows no such key; did you mean "instance_zone"?`,
  ]);
});
