// Keys and certificates of one run. They are made when it starts and lie in its folder.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** Files of a key and its certificate. */
export interface KeyPair {
  key: string;
  certificate: string;
}

/** A certificate authority of its own, valid for two days. */
export async function makeAuthority(folder: string, name: string): Promise<KeyPair> {
  const pair = pairIn(folder, name);
  await openssl([
    'req',
    '-x509',
    ...newKey(pair),
    '-subj',
    `/CN=${name}`,
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign,digitalSignature',
  ]);
  chmodSync(pair.key, 0o600);
  return pair;
}

export interface CertificateRequest {
  name: string;
  /** Such as `/O=system:masters/CN=admin`. */
  subject: string;
  /** Subject alternative names, such as `DNS:example.org` and `IP:127.0.0.1`. */
  names?: readonly string[];
}

/** A certificate for servers and clients, signed by an authority. */
export async function makeCertificate(
  folder: string,
  authority: KeyPair,
  { name, subject, names = [] }: CertificateRequest,
): Promise<KeyPair> {
  const pair = pairIn(folder, name);
  const extensions = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=serverAuth,clientAuth',
    ...(names.length === 0 ? [] : [`subjectAltName=${names.join(',')}`]),
  ];
  await openssl([
    'req',
    '-x509',
    '-CA',
    authority.certificate,
    '-CAkey',
    authority.key,
    ...newKey(pair),
    '-subj',
    subject,
    ...extensions.flatMap((line) => ['-addext', line]),
  ]);
  chmodSync(pair.key, 0o600);
  return pair;
}

/** A key that signs ServiceAccount tokens. */
export async function makeSigningKey(folder: string): Promise<{ key: string; publicKey: string }> {
  const key = join(folder, 'service-accounts.key');
  const publicKey = join(folder, 'service-accounts.pub');
  await openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', key]);
  writeFileSync(publicKey, await openssl(['pkey', '-in', key, '-pubout']));
  chmodSync(key, 0o600);
  return { key, publicKey };
}

function pairIn(folder: string, name: string): KeyPair {
  return { key: join(folder, `${name}.key`), certificate: join(folder, `${name}.crt`) };
}

function newKey({ key, certificate }: KeyPair): string[] {
  return [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-noenc',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
  ];
}

function openssl(args: readonly string[]): Promise<string> {
  return run('openssl', args);
}
