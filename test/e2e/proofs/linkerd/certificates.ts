// What issues: cert-manager the certificates, trust-manager the bundle of the anchors.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { install, waveOf } from '../../programs/install.ts';
import { waitUntil, type LiveObject } from '../../rig/api.ts';
import { secretText, type Stage } from '../controllers/stage.ts';
import { anchorOf, bundleIs, issued, issuerOf } from './trust.ts';

const certManager = ['cert-manager-webhook', 'cert-manager-cainjector', 'cert-manager'] as const;

/** Pods that the stage must run. */
export const certificatePods = [
  ...certManager.map((name) => `cert-manager/${name}` as const),
  'trust-manager/trust-manager',
] as const;

/** Registers the tests. Afterwards the app linkerd is installed, and its certificates are issued. */
export function proveCertificates(stage: Stage): void {
  const { rig } = stage;
  const { api } = rig;

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
    await issued(rig, stage.manifests('trust-manager'));
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
    await issued(rig, manifests);
    await bundleIs(rig, '1');
    const anchor = await anchorOf(rig, '1');
    const issuer = await issuerOf(rig);
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
}
