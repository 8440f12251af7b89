import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsOf } from './hardening.ts';
import { evaluate } from './evaluate.ts';
import { find, manifestsOf, podOf, withLinkerd } from './linkerd-cluster.ts';

const manifests = await manifestsOf('trust-manager');
const argsOf = (all: any[]): string[] => podOf(all, 'trust-manager').containers[0].args;
const rulesOn = (all: any[], resource: string): any[] =>
  all.filter((m) => m.kind.endsWith('Role')).flatMap((m) => m.rules.filter((r: any) => r.resources.includes(resource)));

test('it is hardened, and its webhook is verified by a certificate of cert-manager', () => {
  assert.deepEqual(gapsOf(podOf(manifests, 'trust-manager'), 'Deployment'), []);
  const { metadata, webhooks } = find(manifests, 'ValidatingWebhookConfiguration', 'trust-manager');
  assert.equal(metadata.annotations['cert-manager.io/inject-ca-from'], 'trust-manager/trust-manager-tls');
  assert.equal(webhooks[0].failurePolicy, 'Fail');
  const { spec } = find(manifests, 'Certificate', 'trust-manager-tls');
  assert.ok(spec.dnsNames.includes('trust-manager.trust-manager.svc'));
});

test('it reads Secrets of the namespace of cert-manager, and of no other', () => {
  assert.deepEqual(
    rulesOn(manifests, 'secrets').map(({ verbs }) => verbs),
    [['get', 'list', 'watch']],
  );
  for (const kind of ['Role', 'RoleBinding'])
    assert.equal(find(manifests, kind, 'trust-manager').metadata.namespace, 'cert-manager');
  assert.ok(argsOf(manifests).includes('--trust-namespace=cert-manager'));
  assert.ok(!argsOf(manifests).includes('--secret-targets-enabled=true'));
});

test('it may write the Secrets that it is told of, by name', async () => {
  const all = await manifestsOf('trust-manager', { trustManager: `secretTargets: ['bundle']` });
  assert.deepEqual(
    rulesOn(all, 'secrets')
      .filter(({ verbs }) => verbs.includes('patch'))
      .map(({ resourceNames }) => resourceNames),
    [['bundle']],
  );
  assert.ok(argsOf(all).includes('--secret-targets-enabled=true'));
});

test('the authorities that Debian trusts come along where Bundles may have them', async () => {
  const all = await manifestsOf('trust-manager', { trustManager: 'publicCAs: true' });
  const pod = podOf(all, 'trust-manager');
  assert.deepEqual(gapsOf(pod, 'Deployment'), []);
  assert.equal(pod.initContainers.length, 1);
  assert.ok(argsOf(all).includes('--default-package-location=/packages/cert-manager-package-debian.json'));
});

test('waves: cert-manager, trust-manager, Linkerd, the others', async () => {
  const waves = await evaluate(withLinkerd('cluster.waves'));
  assert.ok(waves['cert-manager'] < waves['trust-manager']);
  assert.ok(waves['trust-manager'] < waves.linkerd);
});
