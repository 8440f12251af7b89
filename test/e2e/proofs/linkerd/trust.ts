// The anchors of Linkerd, as cert-manager made them and as the bundle in the cluster has them.
import { X509Certificate } from 'node:crypto';
import { waitUntil, type LiveObject } from '../../rig/api.ts';
import type { Rig } from '../../rig/rig.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { conditionOf, secretText } from '../controllers/stage.ts';

const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** Every certificate of a text in PEM. */
export const certificatesOf = (text: string): X509Certificate[] =>
  (text.match(pem) ?? []).map((one) => new X509Certificate(one));

/** The anchor of a name of the setting `anchors`. */
export const anchorOf = async (rig: Rig, name: string): Promise<X509Certificate> =>
  new X509Certificate(await secretText(rig, 'cert-manager', `linkerd-trust-anchor-${name}`, 'tls.crt'));

/** What they are compared by, in an order that is always the same. */
export const fingerprints = (all: readonly X509Certificate[]): string[] => all.map((one) => one.fingerprint256).sort();

/** The certificate by which identity signs. */
export const issuerOf = async (rig: Rig): Promise<X509Certificate> =>
  new X509Certificate(await secretText(rig, 'linkerd', 'linkerd-identity-issuer', 'tls.crt'));

const roots = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'linkerd-identity-trust-roots', namespace: 'linkerd' },
};

/** The anchors that trust-manager hands out. */
export async function bundleOf({ api }: Rig): Promise<X509Certificate[]> {
  const found = await api.find(roots);
  return certificatesOf((found?.data as Record<string, string> | undefined)?.['ca-bundle.crt'] ?? '');
}

/** Waits until the bundle is of these anchors and no other. */
export async function bundleIs(rig: Rig, ...names: string[]): Promise<void> {
  const wanted = fingerprints(await Promise.all(names.map((name) => anchorOf(rig, name))));
  await waitUntil(async () => String(fingerprints(await bundleOf(rig))) === String(wanted), {
    seconds: 120,
    what: `the bundle is of ${names.join(' and ')}`,
  });
}

/** Waits for every Certificate among these manifests. */
export async function issued({ api }: Rig, manifests: readonly Manifest[]): Promise<void> {
  for (const certificate of manifests.filter(({ kind }) => kind === 'Certificate')) {
    const isReady = (live: LiveObject | undefined): boolean =>
      conditionOf(live, 'Ready')?.status === 'True' && live?.metadata.generation === readyFor(live);
    await api.waitFor(certificate, isReady, { seconds: 120, what: `${certificate.metadata.name} is issued` });
  }
}

const readyFor = (live: LiveObject | undefined): number | undefined =>
  (conditionOf(live, 'Ready') as { observedGeneration?: number } | undefined)?.observedGeneration;
