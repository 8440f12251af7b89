// cert-manager: its three programs and its start-up check run, the webhook refuses, certificates are issued and renewed.
import assert from 'node:assert/strict';
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { install, waveOf } from '../../programs/install.ts';
import { complete } from '../../programs/workload.ts';
import { report } from '../../report.ts';
import { ApiError, waitUntil, type LiveObject } from '../../rig/api.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { evaluateIn } from './evaluate.ts';
import { startOutside, type Outside } from './outside.ts';
import { contourCertificate, renew, storedSerial } from './renewal.ts';
import { authorityOf, conditionOf, isAcmeIssuer, secretText, type IssuerSpec, type Stage } from './stage.ts';

/** Pods that these tests run. */
export const certManagerPods = [
  'cert-manager/cert-manager',
  'cert-manager/cert-manager-cainjector',
  'cert-manager/cert-manager-startup-check',
  'cert-manager/cert-manager-webhook',
] as const;

/** Registers the tests, which run in this order. `issuing`: the manifests with Certificates, applied when issuers are there. */
export function proveCertManager(stage: Stage, issuing: readonly Manifest[]): void {
  const { rig } = stage;
  const { api } = rig;
  const manifests = stage.manifests('cert-manager');

  test('cert-manager: the webhook, cainjector and the controller run as rendered, and their probes answer', async () => {
    await install(api, stage.manifests('cluster'));
    if (manifests.some(isAcmeIssuer)) stage.outside = await reachOutside(stage);
    await install(
      api,
      manifests.filter((manifest) => waveOf(manifest) < 1),
    );
    for (const workload of [
      'cert-manager/cert-manager-webhook',
      'cert-manager/cert-manager-cainjector',
      'cert-manager/cert-manager',
    ] as const) {
      await stage.run(workload);
    }
  });

  test('cert-manager: cainjector tells the API server whose certificate the webhook has', async () => {
    const authority = new X509Certificate(await secretText(rig, 'cert-manager', 'cert-manager-webhook-ca', 'ca.crt'));
    const configurations = manifests.filter(({ kind }) => kind.endsWith('WebhookConfiguration'));
    assert.ok(configurations.length > 0);
    for (const configuration of configurations) {
      const bundles = (live: LiveObject | undefined): (string | undefined)[] =>
        ((live?.webhooks ?? []) as { clientConfig: { caBundle?: string } }[]).map(
          ({ clientConfig }) => clientConfig.caBundle,
        );
      const live = await api.waitFor(configuration, (object) => bundles(object).every(Boolean), {
        what: `CA bundle of ${configuration.metadata.name}`,
      });
      for (const bundle of bundles(live)) {
        const injected = new X509Certificate(Buffer.from(bundle!, 'base64'));
        assert.equal(injected.fingerprint256, authority.fingerprint256, configuration.metadata.name);
      }
    }
  });

  test('cert-manager: the start-up check succeeds with its own rights', async () => {
    await install(
      api,
      manifests.filter((manifest) => waveOf(manifest) === 1),
    );
    await complete(rig, 'cert-manager/cert-manager-startup-check', { seconds: 180 });
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'cert-manager-startup-check', namespace: 'cert-manager' },
    };
    await api.waitFor(job, (live) => conditionOf(live, 'Complete')?.status === 'True');
  });

  test('cert-manager: the webhook refuses an Issuer that the schema lets through', async () => {
    const issuer = (spec: unknown) => ({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name: 'broken', namespace: 'cert-manager' },
      spec,
    });
    await assert.rejects(api.create(issuer({ selfSigned: {}, ca: { secretName: 'any' } })), (error: unknown) => {
      assert.ok(error instanceof ApiError, String(error));
      assert.match(
        error.message,
        /admission webhook "webhook\.cert-manager\.io" denied the request: .*may not specify more than one issuer type/,
      );
      return true;
    });
    await api.create(issuer({ selfSigned: {} }), { dryRun: true });
  });

  test('cert-manager: every certificate is issued, by the authority that its issuer names', async () => {
    await install(
      api,
      manifests.filter((manifest) => waveOf(manifest) > 1),
    );
    await install(api, issuing);
    const certificates = [...manifests, ...issuing].filter(({ kind }) => kind === 'Certificate');
    assert.ok(certificates.length >= 3);
    let issued = 0;
    try {
      for (const certificate of certificates) {
        await issuedCertificate(stage, certificate);
        issued += 1;
      }
    } finally {
      report.count('certificates issued', issued, certificates.length);
    }
  });

  test('cert-manager: a certificate is renewed when it is asked for, and issued again when its Secret is gone', async () => {
    const name = 'contour-envoy-xds-client';
    const renewed = await renew(rig, name);
    await api.delete({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'contour' } });
    await waitUntil(async () => (await storedSerial(rig, name)) !== renewed, {
      what: 'another certificate in its place',
    });
    await api.waitFor(contourCertificate(name), (live) => conditionOf(live, 'Ready')?.status === 'True');
  });
}

/** The world that ACME issuers ask, and the token that they ask DigitalOcean with: the Secret that a person seals. */
async function reachOutside({ rig, environment, manifests }: Stage): Promise<Outside> {
  const solvers = manifests('cert-manager').flatMap(
    ({ spec }) => (spec as IssuerSpec | undefined)?.acme?.solvers ?? [],
  );
  const [reference] = solvers.flatMap(({ dns01 }) => dns01?.digitalocean?.tokenSecretRef ?? []);
  if (reference === undefined)
    throw new Error(`${environment}: no solver of its ACME issuers is one that this proof can stand in for`);
  const token = randomBytes(16).toString('hex');
  const metadata = { name: reference.name, namespace: 'cert-manager' };
  await rig.api.create({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { [reference.key]: token } } as never);
  return startOutside(rig, await evaluateIn<string>(environment, 'cluster.domain'), token);
}

/** Waits for a Certificate and checks what lies in its Secret against what it asks for. */
async function issuedCertificate(stage: Stage, certificate: Manifest): Promise<void> {
  const { rig } = stage;
  const isReady = (object: LiveObject | undefined): boolean => conditionOf(object, 'Ready')?.status === 'True';
  const live = await rig.api.waitFor(certificate, isReady, { seconds: 120 });
  const namespace = live!.metadata.namespace!;
  const {
    secretName,
    dnsNames = [],
    isCA = false,
  } = live!.spec as { secretName: string; dnsNames?: string[]; isCA?: boolean };
  const key = createPrivateKey(await secretText(rig, namespace, secretName, 'tls.key'));
  const chain = chainOf(await secretText(rig, namespace, secretName, 'tls.crt'));
  const root = new X509Certificate(await authorityOf(stage, namespace, secretName));
  const [leaf] = chain;
  const name = `${namespace}/${certificate.metadata.name}`;
  assert.ok(leaf!.checkPrivateKey(key), `${name}: the key is not its key`);
  for (const [index, link] of chain.entries()) {
    const signer = chain[index + 1] ?? root;
    assert.ok(link.verify(signer.publicKey), `${name}: ${link.subject} is not signed by ${signer.subject}`);
  }
  assert.equal(leaf!.ca, isCA, `${name}: a certificate authority or not`);
  assert.ok(new Date(leaf!.validTo) > new Date(), `${name}: expired`);
  for (const host of dnsNames) assert.ok(leaf!.checkHost(host.replace(/^\*/, 'any')), `${name}: not good for ${host}`);
}

/** The certificates of a PEM file. */
function chainOf(text: string): X509Certificate[] {
  return (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
}
