// Files that a container finds besides its program and its volumes: those of its base image and those the kubelet writes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvConf } from '../rig/dns.ts';
import type { Image } from './images.ts';
import type { Pod } from './pod.ts';

/** Files of every container of a pod: path in the container → path on this machine. */
export function podFiles(pod: Pod, folder: string): Map<string, string> {
  mkdirSync(folder, { recursive: true });
  const { name, namespace } = pod.metadata;
  const texts = {
    '/etc/hosts': `127.0.0.1 localhost\n${pod.status.podIP} ${name}\n`,
    '/etc/hostname': `${name}\n`,
    '/etc/resolv.conf': resolvConf(namespace),
    // Of the distroless base images. Contour's image is made from nothing and has none; it doesn't look.
    '/etc/passwd': 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
    '/etc/group': 'root:x:0:\nnonroot:x:65532:\n',
    '/etc/nsswitch.conf': 'hosts: files dns\n',
  };
  return new Map(
    Object.entries(texts).map(([path, text]) => {
      const file = join(folder, path.replaceAll('/', '_'));
      writeFileSync(file, text, { mode: 0o644 });
      return [path, file];
    }),
  );
}

const authorities = '/etc/ssl/certs/ca-certificates.crt';

/** Where a proof puts authorities (PEM) that containers trust besides those of the world. */
export function extraAuthorities(folder: string): string {
  return join(folder, 'authorities.crt');
}

/** The authorities that containers trust, in one file. */
function trusted(folder: string): string {
  const files = [authorities, extraAuthorities(folder)].filter((path) => existsSync(path));
  const bundle = join(folder, 'ca-certificates.crt');
  writeFileSync(bundle, files.map((path) => readFileSync(path, 'utf8')).join('\n'), { mode: 0o644 });
  return bundle;
}

/** Files of an image: its programs, the certificate authorities of the world, and folders that it borrows. */
export function imageFiles(image: Image, rig: { folder: string; binary(name: string): string }): Map<string, string> {
  const programs = Object.entries(image.programs).map(([path, name]): [string, string] => [path, rig.binary(name)]);
  const borrowed = (image.borrows ?? [])
    .filter((path) => existsSync(path))
    .map((path): [string, string] => [path, path]);
  const others = Object.entries(image.files ?? {});
  return new Map([...programs, ...others, ...borrowed, [authorities, trusted(rig.folder)]]);
}
