// Certificates before their time: asked for as `cmctl renew` does, and seen by who connects.
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { waitUntil } from '../../rig/api.ts';
import type { Rig } from '../../rig/rig.ts';
import { conditionOf, secretText } from './stage.ts';

/** A Certificate whose Secret has its name, in the namespace of Contour. */
export function contourCertificate(name: string) {
  return { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name, namespace: 'contour' } };
}

/** The serial number of the certificate in the Secret of this name. */
export async function storedSerial(rig: Rig, name: string): Promise<string> {
  return new X509Certificate(await secretText(rig, 'contour', name, 'tls.crt')).serialNumber;
}

/** Has a certificate renewed and returns the new serial number. */
export async function renew(rig: Rig, name: string): Promise<string> {
  const { api } = rig;
  const certificate = contourCertificate(name);
  const before = await storedSerial(rig, name);
  const { status } = await api.get(certificate);
  const asked = {
    type: 'Issuing',
    status: 'True',
    reason: 'ManuallyTriggered',
    message: 'asked for',
    lastTransitionTime: new Date().toISOString(),
  };
  await api.patch(certificate, { status: { conditions: [...status.conditions, asked] } }, { subresource: 'status' });
  await waitUntil(async () => (await storedSerial(rig, name)) !== before, { what: `${name} is renewed` });
  await api.waitFor(certificate, (live) => conditionOf(live, 'Ready')?.status === 'True');
  return storedSerial(rig, name);
}

/** Connects to Contour as an Envoy does and returns the serial number of the certificate that it shows. */
export async function servedSerial(rig: Rig, address: string): Promise<string> {
  const [cert, key, ca] = await Promise.all(
    ['tls.crt', 'tls.key', 'ca.crt'].map((one) => secretText(rig, 'contour', 'contour-envoy-xds-client', one)),
  );
  const options = { cert, key, ca, servername: 'contour.contour.svc', ALPNProtocols: ['h2'] };
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: 8001, ...options });
    socket.setTimeout(5000, () => socket.destroy(new Error('no answer within 5 s')));
    socket.on('error', reject);
    socket.on('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
  });
}
