import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate } from './evaluate.ts';
import { highlyAvailable, withLinkerd } from './linkerd-cluster.ts';

const refused: [mistake: string, settings: string, messages: string[], extra?: string][] = [
  ['no anchor', `anchors: []`, ['anchors: name one, whatever the name; the default is 1']],
  ['an anchor twice', `anchors: ['1', '2', '1']`, ['anchors: 1, 2, 1: one of them is named twice']],
  [
    'proxies that outlive their issuer',
    `lifetimes+: { proxy: '2160h' }`,
    ['lifetimes.proxy: 2160h is not shorter than lifetimes.issuer, 2160h'],
  ],
  [
    'an issuer that outlives the anchor',
    `lifetimes+: { anchor: '720h' }`,
    ['lifetimes.issuer: 2160h is not shorter than lifetimes.anchor, 720h'],
  ],
  ['no thread', `proxy+: { workers: 0 }`, ['proxy.workers: a proxy needs at least one']],
  [
    'three on two nodes',
    ``,
    ['destination', 'identity', 'proxy-injector'].map(
      (role) =>
        `replicas.${role}: 3 pods, each on a node of its own, and there are 2 nodes; lower it, or take the profile small`,
    ),
    `${highlyAvailable} + { nodes: [{ count: 2, cpu: '4', memory: '8Gi' }] }`,
  ],
  ['nothing', ``, []],
];

test('mistakes are said with the setting and a way out', async () => {
  const problems = refused.map(([, linkerd, , extra]) =>
    withLinkerd(`cluster.get('linkerd').problems`, { linkerd, ...(extra !== undefined && { extra }) }),
  );
  const found: string[][] = await evaluate(`[${problems.join(', ')}]`);
  for (const [index, [mistake, , messages]] of refused.entries()) assert.deepEqual(found[index], messages, mistake);
});

test('a wrong type fails the app linkerd with its path, and no other', async () => {
  const settings: [string, string][] = [
    [`inboundPolicy: 'allow'`, 'inboundPolicy'],
    [`opaquePorts: '25'`, 'opaquePorts'],
    [`proxy+: { cpu: 5 }`, 'proxy.cpu'],
    [`gatewayAPI: true`, 'gatewayAPI'],
    [`clusterNetworks: ['10.0.0.0']`, 'clusterNetworks'],
  ];
  for (const [linkerd, setting] of settings) {
    const { mistakes, others } = await evaluate(
      withLinkerd(
        `{
          mistakes: (import 'cluster/problems.libsonnet').ofComponent(cluster, cluster.get('linkerd')),
          others: std.length(cluster.manifests('trust-manager')) + std.length(cluster.manifests('cluster')),
        }`,
        { linkerd },
      ),
    );
    assert.equal(mistakes.length, 1, linkerd);
    assert.ok(mistakes[0].startsWith(`test: components.linkerd.${setting}`), mistakes[0]);
    assert.ok(others > 20);
  }
});

test('the plugin wants folders, and trust-manager a level that it has', async () => {
  assert.deepEqual(
    await evaluate(
      withLinkerd(`cluster.get('linkerd-cni').problems + cluster.get('trust-manager').problems`, {
        cni: `enabled: true, binDir: 'opt/cni/bin'`,
        trustManager: 'logLevel: 6',
      }),
    ),
    ['binDir: "opt/cni/bin" is no folder of a node; begin it with /', 'logLevel: 6 is not between 1 and 5'],
  );
});

test('the examples of the READMEs are settings without mistakes', async () => {
  const readmes = { linkerd: 'linkerd', 'linkerd-cni': 'cni', 'trust-manager': 'trustManager' };
  for (const [component, field] of Object.entries(readmes)) {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../lib', component, 'README.md'), 'utf8');
    const examples = [...readme.matchAll(/```jsonnet settings\n\{(.*?)\}\n```/gs)].map(([, code]) => code!);
    assert.equal(examples.length, 1, component);
    for (const example of examples) {
      const problems = `(import 'cluster/problems.libsonnet').ofComponent(cluster, cluster.get('${component}'))`;
      assert.deepEqual(await evaluate(withLinkerd(problems, { [field]: example })), []);
    }
  }
});
