// What the rig needs of the machine besides Node, and how to get it.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../rig/run.ts';

export interface Requirement {
  /** Program that must be found. */
  program: string;
  what: string;
  /** Debian package that has it. */
  debian?: string;
  /** How to mend it where no Debian package does. */
  otherwise?: string;
}

export const requirements: readonly Requirement[] = [
  { program: 'go', what: 'builds the programs', otherwise: 'install Go, 1.26 or newer, and put it on PATH' },
  { program: 'git', what: 'upgrade in place, and the repository that Argo CD reads', debian: 'git' },
  { program: 'openssl', what: 'keys and certificates of the rig', debian: 'openssl' },
  { program: 'unshare', what: 'namespaces', debian: 'util-linux' },
  { program: 'setpriv', what: 'namespaces that end with their parent', debian: 'util-linux' },
  { program: 'ip', what: 'networks of pods', debian: 'iproute2' },
  { program: 'nft', what: 'Services, by kube-proxy', debian: 'nftables' },
  { program: 'redis-server', what: "Argo CD's cache", debian: 'redis-server' },
  { program: 'redis-cli', what: 'probes of that cache', debian: 'redis-tools' },
  { program: 'gpg', what: "Argo CD's keyring", debian: 'gnupg' },
  { program: 'runc', what: 'pods that really run', debian: 'runc' },
  { program: 'python3', what: 'downloads Envoy from PyPI', debian: 'python3' },
  { program: 'pip3', what: 'downloads Envoy from PyPI', debian: 'python3-pip' },
  { program: 'named', what: 'name server of a domain, for external-dns and DNS-01', debian: 'bind9' },
  { program: 'nsupdate', what: 'records of that domain', debian: 'bind9-dnsutils' },
  { program: 'pebble', what: "in place of Let's Encrypt", debian: 'pebble' },
];

/** The program's path, or undefined. Looks where administrators' programs are, too. */
export function findProgram(program: string, path = process.env.PATH ?? ''): string | undefined {
  for (const folder of [...path.split(delimiter), '/usr/sbin', '/sbin']) {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return join(folder, program);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** What is missing, each as one sentence that ends with the command that mends it. */
export function missingRequirements(): string[] {
  if (process.platform !== 'linux')
    return [`this is ${process.platform}: the rig needs Linux; run it in a virtual machine`];
  const missing = requirements
    .filter(({ program }) => findProgram(program) === undefined)
    .map(({ program, what, debian, otherwise }) => `${program} (${what}): ${otherwise ?? `apt-get install ${debian}`}`);
  if (process.getuid?.() !== 0) missing.push('root (namespaces, and programs that run as other users): run it by sudo');
  return missing;
}

/** Installs the Debian packages of what is missing. For CI, whose machines are thrown away. */
export async function installDebianPackages(): Promise<void> {
  const packages = requirements.flatMap(({ program, debian }) =>
    debian !== undefined && findProgram(program) === undefined ? [debian] : [],
  );
  if (packages.length === 0 || findProgram('apt-get') === undefined) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { seconds: 300, env });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...new Set(packages)], { seconds: 600, env });
}
