// Linkerd's certificates and the programs that work with them: cert-manager issues, trust-manager hands out, identity signs what
// proxies ask for, the injector tells pods whom to trust, and a rotation of the anchor goes through its steps.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { certify, leadsTo, type Certified } from '../linkerd/identity.ts';
import { install, waveOf } from '../programs/install.ts';
import { launchPod, type RunningPod } from '../programs/launch.ts';
import { podsOf, refusedCalls } from '../programs/workload.ts';
import { waitUntil, type LiveObject } from '../rig/api.ts';
import { run } from '../rig/run.ts';
import { noteStandIn } from '../stand-ins.ts';
import { evaluateIn } from './controllers/evaluate.ts';
import { conditionOf, secretText, setStage } from './controllers/stage.ts';
import type { Manifest } from '../../../scripts/core/types.ts';

const certManager = ['cert-manager-webhook', 'cert-manager-cainjector', 'cert-manager'] as const;
const identity = 'linkerd/linkerd-identity';
const stage = await setStage([
  ...certManager.map((name) => `cert-manager/${name}` as const),
  'trust-manager/trust-manager',
  identity,
  'linkerd/linkerd-destination',
  'linkerd/linkerd-proxy-injector',
]);
const { rig, environment } = stage;
const { api } = rig;
for (const name of ['kubelet', "cert-manager's programs", "Linkerd's proxies"] as const) noteStandIn(name);

const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const certificatesOf = (text: string): X509Certificate[] =>
  (text.match(pem) ?? []).map((one) => new X509Certificate(one));
const anchorOf = async (name: string): Promise<X509Certificate> =>
  new X509Certificate(await secretText(rig, 'cert-manager', `linkerd-trust-anchor-${name}`, 'tls.crt'));
const fingerprints = (all: readonly X509Certificate[]): string[] => all.map((one) => one.fingerprint256).sort();

const roots = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'linkerd-identity-trust-roots', namespace: 'linkerd' },
};
const bundle = async (): Promise<X509Certificate[]> => {
  const found = await api.find(roots);
  return certificatesOf((found?.data as Record<string, string> | undefined)?.['ca-bundle.crt'] ?? '');
};

/** Waits until the bundle is of these anchors and no other. */
async function bundleIs(...names: string[]): Promise<void> {
  const wanted = fingerprints(await Promise.all(names.map(anchorOf)));
  await waitUntil(async () => String(fingerprints(await bundle())) === String(wanted), {
    seconds: 120,
    what: `the bundle is of ${names.join(' and ')}`,
  });
}

/** Waits for every Certificate among these manifests. */
async function issued(manifests: readonly Manifest[]): Promise<void> {
  for (const certificate of manifests.filter(({ kind }) => kind === 'Certificate')) {
    const isReady = (live: LiveObject | undefined): boolean =>
      conditionOf(live, 'Ready')?.status === 'True' && live?.metadata.generation === readyFor(live);
    await api.waitFor(certificate, isReady, { seconds: 120, what: `${certificate.metadata.name} is issued` });
  }
}

const readyFor = (live: LiveObject | undefined): number | undefined =>
  (conditionOf(live, 'Ready') as { observedGeneration?: number } | undefined)?.observedGeneration;

/** What the app linkerd applies with these anchors. */
const withAnchors = (...names: string[]): Promise<Manifest[]> =>
  evaluateIn(
    environment,
    `(cluster { components+: { linkerd+: { anchors: ${JSON.stringify(names)} } } }).manifests('linkerd')`,
  );

/** Asks for a certificate as the proxy of a pod with this ServiceAccount. */
async function certified(pod: RunningPod): Promise<Certified> {
  const account = { namespace: 'linkerd', serviceAccount: 'linkerd-destination' };
  const token = await api.tokenFor(account, ['identity.l5d.io']);
  const name = `${account.serviceAccount}.${account.namespace}.serviceaccount.identity.linkerd.cluster.local`;
  const [key, request] = ['proxy.key', 'proxy.csr'].map((file) => join(rig.folder, file));
  const options = 'req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj / -outform DER'.split(' ');
  await run('openssl', [...options, '-keyout', key!, '-addext', `subjectAltName=DNS:${name}`, '-out', request!]);
  const answer = await certify(pod.pod.status!.podIP!, name, token, readFileSync(request!));
  assert.ok(answer.leaf.checkHost(name), `not good for ${name}`);
  return answer;
}

let running: RunningPod;
let first: Certified;

test('cert-manager and trust-manager run as rendered', async () => {
  await install(api, stage.manifests('cluster'));
  const manifests = stage.manifests('cert-manager');
  await install(
    api,
    manifests.filter((manifest) => waveOf(manifest) < 1),
  );
  for (const name of certManager) await stage.run(`cert-manager/${name}`);
  const trial = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: 'trial', namespace: 'cert-manager' },
    spec: { selfSigned: {} },
  };
  await waitUntil(
    async () =>
      api.create(trial, { dryRun: true }).then(
        () => true,
        () => false,
      ),
    {
      seconds: 120,
      what: "cert-manager's webhook",
    },
  );
  await install(api, stage.manifests('trust-manager'));
  await issued(stage.manifests('trust-manager'));
  await stage.run('trust-manager/trust-manager');
});

test('the anchor, the issuer and the certificates of the webhooks are issued, and lead where they should', async () => {
  const manifests = stage.manifests('linkerd');
  await waitUntil(
    async () =>
      install(api, manifests).then(
        () => true,
        () => false,
      ),
    {
      seconds: 120,
      what: "trust-manager's webhook",
    },
  );
  await issued(manifests);
  await bundleIs('1');
  const anchor = await anchorOf('1');
  const issuer = new X509Certificate(await secretText(rig, 'linkerd', 'linkerd-identity-issuer', 'tls.crt'));
  assert.ok(anchor.ca && issuer.ca && issuer.verify(anchor.publicKey) && anchor.verify(anchor.publicKey));
  for (const { metadata, kind } of manifests.filter((one) => one.kind.endsWith('WebhookConfiguration'))) {
    const [, secret] = metadata.annotations!['cert-manager.io/inject-ca-from']!.split('/');
    const authority = new X509Certificate(await secretText(rig, 'linkerd', secret!, 'ca.crt'));
    const served = new X509Certificate(await secretText(rig, 'linkerd', secret!, 'tls.crt'));
    assert.ok(served.verify(authority.publicKey), secret);
    const caOf = (live: LiveObject | undefined): string =>
      (live?.webhooks as { clientConfig: { caBundle?: string } }[] | undefined)?.[0]?.clientConfig.caBundle ?? '';
    const ref = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: metadata.name } };
    const live = await api.waitFor(ref, (one) => caOf(one) !== '', { what: `the CA of ${metadata.name}` });
    const told = new X509Certificate(Buffer.from(caOf(live), 'base64'));
    assert.equal(told.fingerprint256, authority.fingerprint256, metadata.name);
    assert.ok(served.checkHost(`${secret!.replace(/-k8s-tls$/, '')}.linkerd.svc`), secret);
  }
});

test('identity signs what a proxy asks for, with its own rights', async () => {
  [running] = (await stage.run(identity)) as [RunningPod];
  first = await certified(running);
  assert.ok(leadsTo(first, await bundle()));
});

test('the injector adds the proxy, and tells it the anchors', async () => {
  await stage.run('linkerd/linkerd-proxy-injector');
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'trial', namespace: 'kube-public', annotations: { 'linkerd.io/inject': 'enabled' } },
    spec: { serviceAccountName: 'default', containers: [{ name: 'trial', image: 'trial:1' }] },
  };
  await waitUntil(
    async () =>
      (await api.find({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: 'kube-public' },
      })) !== undefined,
    { what: 'the ServiceAccount' },
  );
  let made: any;
  await waitUntil(
    async () => {
      made = await api.create(pod, { dryRun: true });
      return made.spec.initContainers !== undefined;
    },
    { seconds: 60, what: 'the API server asks the injector' },
  );
  const proxy = made.spec.initContainers.find(({ name }: { name: string }) => name === 'linkerd-proxy');
  assert.equal(proxy.restartPolicy, 'Always');
  const told = proxy.env.find(({ name }: { name: string }) => name === 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS').value;
  assert.deepEqual(fingerprints(certificatesOf(told)), fingerprints(await bundle()));
});

test('the validator of ServiceProfiles refuses one that is none', async () => {
  await stage.run('linkerd/linkerd-destination');
  // The namespace of Linkerd itself is not asked about.
  const elsewhere = (pathRegex: string) => ({
    apiVersion: 'linkerd.io/v1alpha2',
    kind: 'ServiceProfile',
    metadata: { name: 'trial.kube-public.svc.cluster.local', namespace: 'kube-public' },
    spec: { routes: [{ name: 'trial', condition: { pathRegex } }] },
  });
  // Who can't reach a webhook that may be ignored goes on without it: kube-proxy must know the pod first.
  let refusal = '';
  await waitUntil(
    async () => {
      await api.create(elsewhere(''), { dryRun: true }).catch((error: unknown) => (refusal = String(error)));
      return refusal !== '';
    },
    { seconds: 60, what: 'the API server asks the validator' },
  );
  assert.match(refusal, /linkerd-sp-validator\.linkerd\.io.* denied the request/);
  await api.create(elsewhere('/good'), { dryRun: true });
});

for (const [names, means] of [
  [['1', '2'], 'both are trusted and the first one signs'],
  [['2', '1'], 'both are trusted and the second one signs'],
  [['2'], 'the first one is no longer trusted'],
] as const) {
  test(`rotation, anchors ${names.join(', ')}: ${means}`, async () => {
    const manifests = await withAnchors(...names);
    await install(api, manifests);
    await issued(manifests);
    await bundleIs(...names);
    const signer = await anchorOf(names[0]);
    await waitUntil(
      async () =>
        new X509Certificate(await secretText(rig, 'linkerd', 'linkerd-identity-issuer', 'tls.crt')).verify(
          signer.publicKey,
        ),
      { seconds: 120, what: `${names[0]} signs the issuer` },
    );
    // The Deployment changed: a new pod takes over.
    let next: Awaited<ReturnType<typeof podsOf>>[number] | undefined;
    await waitUntil(
      async () => {
        next = (await podsOf(rig, identity, 2)).find(
          ({ metadata }) => metadata.annotations?.['rekindle/trust-anchors'] === names.join(','),
        );
        return next !== undefined;
      },
      { seconds: 60, what: 'a pod of identity that knows the new anchors' },
    );
    const old = running;
    running = await launchPod(rig, next!);
    stage.running.splice(stage.running.indexOf(old), 1, running);
    stage.ran.push(running);
    await old.stop();
    const anew = await certified(running);
    assert.ok(leadsTo(anew, [signer]), 'a new certificate leads to the one that signs');
    assert.equal(
      leadsTo(first, await bundle()),
      (names as readonly string[]).includes('1'),
      'one from before the rotation',
    );
  });
}

test('no program was refused a call, and every probe still answers', async () => {
  for (const pod of stage.running) await pod.probe();
  assert.deepEqual(refusedCalls(rig, stage.ran), []);
});
