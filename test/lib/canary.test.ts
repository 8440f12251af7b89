// loki-canary and tempo-vulture: programs that write and read back, where somebody asks for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, collectors, problemsOf, type Setup } from './collectors-cluster.ts';
import { container, find, valid } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { gapsOf } from './hardening.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { compare, type Traffic } from './reachability.ts';

const canaries = { loki: '{ canary: true }', tempo: `{ canary: true, retention: '2h' }` };
const on: Setup = { settings: canaries };
const tenants = `{ tenancy+: { enabled: true, tenant: 'me' } }`;

const { loki, tempo, tenantLoki, tenantTempo, distributed, plain, traffic, policies, alone } = await evaluateAll({
  loki: app('loki', collectors(on)),
  tempo: app('tempo', collectors(on)),
  tenantLoki: app('loki', collectors({ ...on, extra: tenants })),
  tenantTempo: app('tempo', collectors({ ...on, extra: tenants })),
  distributed: app('loki', collectors({ ...on, extra: `{ profile: 'highly-available' }` })),
  plain: app('loki', collectors()),
  traffic: `(${collectors(on)}).traffic`,
  policies: `local c = ${collectors(on)}; [m for name in c.apps for m in c.manifests(name) if m.kind == 'NetworkPolicy']`,
  alone: problemsOf('loki', collectors({ ...on, off: ['alloy-node'] })),
});

const canaryOf = (manifests: any[], name: string) => find(manifests, 'Deployment', `${name}-canary`).spec;
const argsOf = (manifests: any[], name: string): string[] =>
  container({ spec: canaryOf(manifests, name) }, 'canary').args;

test('it is there where it is asked for, once, hardened, and scraped', () => {
  assert.equal(
    plain.some((m: any) => m.metadata.name.endsWith('-canary')),
    false,
  );
  valid([...loki, ...tempo]);
  for (const [manifests, name] of [
    [loki, 'loki'],
    [tempo, 'tempo'],
    [distributed, 'loki'],
  ] as const) {
    const { replicas, strategy, template } = canaryOf(manifests, name);
    assert.equal(replicas, 1);
    assert.equal(strategy.type, 'Recreate');
    assert.deepEqual(gapsOf(template.spec, 'Deployment'), []);
  }
});

test('loki-canary reads the log that alloy-node collects, from whoever answers queries', () => {
  assert.ok(argsOf(loki, 'loki').includes('-addr=loki.loki.svc:3100'));
  assert.ok(argsOf(distributed, 'loki').includes('-addr=loki-query-frontend.loki.svc:3100'));
  assert.ok(argsOf(loki, 'loki').includes('-labelvalue=$(POD_NAME)'));
  assert.deepEqual(alone, [
    'test: components.loki.canary: alloy-node is off, which collects its log; turn it on, or the canary off',
  ]);
});

test('tempo-vulture knows how long traces are kept', () => {
  assert.deepEqual(
    argsOf(tempo, 'tempo').filter((arg) => !arg.startsWith('-prometheus')),
    [
      '-tempo-push-url=http://tempo.tempo.svc:4317',
      '-tempo-query-url=http://tempo.tempo.svc:3200',
      '-tempo-retention-duration=7200s',
    ],
  );
});

test('with tenants they are the tenant of the cluster', () => {
  assert.ok(argsOf(tenantLoki, 'loki').includes('-tenant-id=me'));
  assert.ok(argsOf(tenantTempo, 'tempo').includes('-tempo-org-id=me'));
});

test('the policies let them pass, and nothing else', () => {
  const { refused, undeclared } = compare(traffic as Traffic, policies as NetworkPolicy[]);
  assert.deepEqual({ refused, undeclared }, { refused: [], undeclared: [] });
  const names = policies.map((policy: any) => policy.metadata.name);
  assert.ok(names.includes('loki-canary') && names.includes('tempo-canary'), names.join(', '));
});
