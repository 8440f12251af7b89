// Which program stands behind an image, and what of the image matters to it. Source of each entry: upstream's Dockerfile
// at the version that lib/versions.json names.

import { join } from 'node:path';

export interface Image {
  /** Paths of programs in the image, each with the name of the binary that the rig has for it. */
  programs: Record<string, string>;
  entrypoint: readonly string[];
  /** Arguments when the template gives neither a command nor arguments. Default: none. */
  cmd?: readonly string[];
  /** Whom the image runs as when the template doesn't say. */
  user: number;
  /** Paths of programs in the image that nobody has here: a container that runs one is left out. */
  absent?: readonly string[];
  /** Folders of this machine that the program can't do without: a program linked dynamically needs its C library. */
  borrows?: readonly string[];
  /** Further programs: path in the image → path on this machine. */
  files?: Record<string, string>;
}

/** Where Debian has programs and what they are linked with. */
const debian = ['/bin', '/lib', '/lib64', '/usr/bin', '/usr/lib'];

const standIn = (name: string): string => join(import.meta.dirname, 'files', name);

const grafana = (name: string, path: string): Image => ({
  programs: { [path]: name },
  entrypoint: [path],
  user: 10001,
});

const ofProxy = (name: string): string => `/usr/lib/linkerd/linkerd2-${name}`;

const certManager = (name: string, path: string): Image => ({
  programs: { [path]: `cert-manager-${name}` },
  entrypoint: [path],
  // The user of its distroless base; make/base_images.mk.
  user: 65532,
});

/** By image without tag. */
export const images: Readonly<Record<string, Image>> = {
  'quay.io/jetstack/cert-manager-controller': certManager('controller', '/app/cmd/controller/controller'),
  'quay.io/jetstack/cert-manager-webhook': certManager('webhook', '/app/cmd/webhook/webhook'),
  'quay.io/jetstack/cert-manager-cainjector': certManager('cainjector', '/app/cmd/cainjector/cainjector'),
  'quay.io/jetstack/cert-manager-startupapicheck': certManager('startupapicheck', '/startupapicheck'),
  'ghcr.io/projectcontour/contour': { programs: { '/bin/contour': 'contour' }, entrypoint: [], user: 0 },
  'docker.io/envoyproxy/envoy': {
    programs: { '/usr/local/bin/envoy': 'envoy' },
    entrypoint: ['/usr/local/bin/envoy'],
    cmd: ['-c', '/etc/envoy/envoy.yaml'],
    user: 65532,
    borrows: ['/lib', '/lib64', '/usr/lib'],
  },
  'registry.k8s.io/external-dns/external-dns': {
    // Built by ko: .ko.yaml.
    programs: { '/ko-app/external-dns': 'external-dns' },
    entrypoint: ['/ko-app/external-dns'],
    user: 65532,
  },
  'quay.io/jetstack/trust-manager': {
    programs: { '/app/trust-manager': 'trust-manager' },
    entrypoint: ['/app/trust-manager'],
    // The user of its distroless base.
    user: 65532,
  },
  'cr.l5d.io/linkerd/controller': {
    programs: { '/controller': 'linkerd-controller' },
    entrypoint: ['/controller'],
    user: 0,
    absent: ['/linkerd-policy-controller'],
  },
  'cr.l5d.io/linkerd/proxy': {
    programs: {},
    entrypoint: [ofProxy('proxy-identity')],
    user: 65534,
    absent: ['proxy-identity', 'proxy-init', 'network-validator'].map(ofProxy),
  },
  'docker.io/grafana/loki': grafana('loki', '/usr/bin/loki'),
  // Its image runs as root.
  'docker.io/grafana/mimir': { ...grafana('mimir', '/bin/mimir'), user: 0 },
  'docker.io/grafana/tempo': grafana('tempo', '/tempo'),
  // Its place is taken by a script: Grafana's program can't be built here.
  'docker.io/grafana/grafana': {
    programs: {},
    entrypoint: ['/usr/local/bin/node', '/grafana.mjs'],
    user: 472,
    borrows: debian,
    files: { '/usr/local/bin/node': process.execPath, '/grafana.mjs': standIn('grafana.mjs') },
  },
  'ghcr.io/versity/versitygw': {
    programs: { '/usr/local/bin/versitygw': 'versitygw' },
    // A script that calls the program with the arguments that it is given.
    entrypoint: ['/usr/local/bin/versitygw'],
    user: 0,
    // The shell and grep of the Job that makes buckets: Debian's in place of Alpine's.
    borrows: debian,
  },
  'quay.io/argoproj/argocd': {
    // One binary under several names. It calls Git, gpg and what they need of Debian, on which its image stands, too.
    programs: {
      '/usr/local/bin/argocd-application-controller': 'argo-cd',
      '/usr/local/bin/argocd-repo-server': 'argo-cd',
    },
    // tini, which only reaps what Git leaves behind.
    entrypoint: [],
    user: 999,
    borrows: debian,
    files: {
      '/usr/local/bin/argocd': standIn('argocd.sh'),
      '/usr/local/bin/gpg-wrapper.sh': standIn('gpg-wrapper.sh'),
      '/usr/local/bin/git-verify-wrapper.sh': standIn('git-verify-wrapper.sh'),
    },
  },
  'public.ecr.aws/docker/library/redis': {
    programs: {},
    entrypoint: ['redis-server'],
    user: 999,
    borrows: debian,
  },
};

/** Whether a container can be run here. */
export function isPresent({ image, command }: { image: string; command?: readonly string[] }): boolean {
  const { absent = [], entrypoint } = imageOf(image);
  return !absent.includes(command?.[0] ?? entrypoint[0] ?? '');
}

/** The entry of an image such as `quay.io/jetstack/cert-manager-webhook:v1.21.2@sha256:…`; a registry mirror changes no name. */
export function imageOf(reference: string): Image {
  const name = reference.replace(/@sha256:.*$/, '').replace(/:[^/:]+$/, '');
  const image = images[name];
  if (image === undefined)
    throw new Error(`no program stands for the image ${name}: add it to test/e2e/programs/images.ts`);
  return image;
}
