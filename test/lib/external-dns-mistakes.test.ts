import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate, evaluateAll, evaluateError } from './evaluate.ts';
import { cloudflare, cluster, internal, problemsOf } from './external-dns-cluster.ts';
import { clusterOf } from './fixture.ts';

const root = path.resolve(import.meta.dirname, '../..');

const mistakes: [settings: string, message: string, more?: string][] = [
  [`{ provider: 'cloudflair' }`, `provider: expected one of `],
  [`{ provider: null }`, `provider: set it, where the domains are managed: one of akamai, `],
  [`{ domains: [] }`, `domains: name at least one, or it would manage every domain of the account`],
  [`{ sources: [] }`, `sources: name at least one`],
  [`{ sources: ['httpproxy'] }`, `sources[0]: expected one of `],
  [
    `{ replicas: { controller: 2 } }`,
    `replicas.controller: at most 1: external-dns elects no leader, and two of them would undo each other's changes`,
  ],
  [`{ policy: 'delete' }`, `policy: expected one of upsert-only, sync, create-only, found "delete"; `],
  [
    `{ policy: 'sync', registry+: { kind: 'noop' } }`,
    `policy: "sync" with registry.kind "noop" deletes every record of the domains that this cluster does not know`,
  ],
  [`{ owner: '' }`, `owner: it may not be empty`],
  [
    `{ owner: 'test-external-dns-internal' }`,
    `owner: "test-external-dns-internal" is the owner of external-dns-internal too: each would take the other's records for its own`,
    internal,
  ],
  [
    `{ registry+: { suffix: '-x' } }`,
    `registry.suffix: external-dns takes a prefix or a suffix; set registry.prefix to null`,
  ],
  [
    `{ registry+: { kind: 'aws-sd' } }`,
    `registry.kind: "aws-sd" keeps its notes in AWS Cloud Map, which is provider "aws-sd"`,
  ],
  [`{ provider: 'aws-sd', credentials: {} }`, `registry.kind: provider "aws-sd" has no such records; use "aws-sd"`],
  [
    `{ registry+: { kind: 'noop', encryptionKey: { name: 'a', key: 'b' } } }`,
    `registry.encryptionKey: registry.kind "noop" encrypts nothing`,
  ],
  [`{ provider: 'webhook', credentials: {} }`, `webhook: set webhook.image, the program for provider "webhook"`],
  [
    `{ webhook: { image: { image: 'a', tag: 'b' } } }`,
    `webhook: it is for provider "webhook"; cloudflare needs none of yours`,
  ],
  [`{ credentials: {} }`, `credentials: provider "cloudflare" needs CF_API_TOKEN`],
  [
    `{ credentials: { CF_API_TOKNE: { name: 'a', key: 'b' } } }`,
    `credentials: provider "cloudflare" reads no "CF_API_TOKNE"; did you mean "CF_API_TOKEN"?`,
  ],
  [
    `{ provider: 'ovh', credentials: { OVH_APPLICATION_KEY: { name: 'a', key: 'b' } } }`,
    `credentials: provider "ovh" needs OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY, too`,
  ],
  [
    `{ provider: 'pdns', credentials: { EXTERNAL_DNS_PDNS_API_KEY: { name: 'a', key: 'b' } } }`,
    `flags: provider "pdns" needs the flag pdns-server`,
  ],
  [
    `{ flags: { 'cloudflare-proxyed': true } }`,
    `flags: external-dns 0.21 has no flag "cloudflare-proxyed"; did you mean "cloudflare-proxied"?`,
  ],
  [`{ flags: { policy: 'sync' } }`, `flags.policy: say it by the setting policy`],
  [
    `{ flags: { 'aws-zone-tags': { a: 'b' } } }`,
    `flags.aws-zone-tags: expected a text, a number, true or false, or a list of them`,
  ],
];

test('refused, with the way out: what external-dns would refuse, or harm a domain with', async () => {
  const found = await evaluateAll(
    Object.fromEntries(mistakes.map(([settings, , more]) => [settings, problemsOf(cluster(settings, more))])),
  );
  for (const [settings, message] of mistakes) {
    assert.equal(found[settings].length, 1, `${settings}: ${found[settings].join('\n')}`);
    assert.ok(
      found[settings][0].startsWith(`test: components.external-dns.${message}`),
      `${settings}: ${found[settings][0]}`,
    );
  }
});

test('contour-httpproxy without Contour is refused: external-dns would not start', async () => {
  const alone = clusterOf(
    `{ 'external-dns': (import 'external-dns/main.libsonnet') + ${cloudflare} + { sources: ['contour-httpproxy'] } }`,
  );
  assert.match(
    await evaluateError(`(${alone}).manifests('external-dns')`),
    /sources: contour-httpproxy needs the component contour/,
  );
});

test('what is not set fails its own app alone', async () => {
  const unset = clusterOf(`{ echo: echo, 'external-dns': import 'external-dns/main.libsonnet' }`);
  assert.match(
    await evaluateError(`(${unset}).manifests('external-dns')`),
    /provider: set it[\s\S]*domains: name at least one/,
  );
  assert.equal((await evaluate(`(${unset}).manifests('echo')`)).length, 4);
});

test('files/flags.txt lists the flags of the version that is deployed', () => {
  const flags = readFileSync(path.join(root, 'lib/external-dns/files/flags.txt'), 'utf8');
  const { 'external-dns': deployed } = JSON.parse(readFileSync(path.join(root, 'lib/versions.json'), 'utf8'));
  assert.ok(
    flags.startsWith(`# The flags of external-dns ${deployed.tag.slice(1)}, `),
    `lib/versions.json deploys ${deployed.tag}: renew lib/external-dns/files/flags.txt from docs/flags.md of that version`,
  );
});
