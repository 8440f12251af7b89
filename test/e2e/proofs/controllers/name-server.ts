// The name server of a domain, outside the cluster: BIND, which takes dynamic updates (RFC 2136) signed by a key.
import { Resolver } from 'node:dns/promises';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rig } from '../../rig/rig.ts';
import { run } from '../../rig/run.ts';

export interface DomainServer {
  address: string;
  /** Of the key that may change the domain. */
  key: { name: string; secret: string };
  /** Addresses of a name; none when it has none. */
  addressesOf(name: string): Promise<string[]>;
  /** Changes the domain by a line of nsupdate(1). */
  update(line: string): Promise<void>;
}

const address = '198.51.100.53';
const keyName = 'external-dns';

/** Starts it with an empty zone. */
export async function startDomainServer(rig: Rig, domain: string): Promise<DomainServer> {
  const folder = join(rig.folder, 'name-server');
  mkdirSync(folder, { recursive: true });
  const secret = randomBytes(32).toString('base64');
  const file = (name: string, lines: readonly string[]): string => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`, { mode: 0o600 });
    return join(folder, name);
  };
  const zone = file('zone', ['$TTL 60', '@ IN SOA ns hostmaster 1 60 60 3600 60', '@ IN NS ns', `ns IN A ${address}`]);
  const configuration = file('named.conf', [
    `options { directory "${folder}"; pid-file none; listen-on { any; }; listen-on-v6 { none; }; recursion no; dnssec-validation no; };`,
    'controls { };',
    `key "${keyName}" { algorithm hmac-sha256; secret "${secret}"; };`,
    `zone "${domain}" { type primary; file "${zone}"; allow-update { key "${keyName}"; }; allow-transfer { key "${keyName}"; }; };`,
  ]);
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  resolver.setServers([address]);
  const addressesOf = async (name: string): Promise<string[]> => {
    try {
      return await resolver.resolve4(name);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
      throw error;
    }
  };
  const network = await rig.addPodNetwork(address);
  await rig.start({
    name: 'name-server',
    command: ['named', '-g', '-4', '-c', configuration],
    enter: network.enter,
    ready: async () => {
      if ((await addressesOf(`ns.${domain}`)).length === 0) throw new Error('no answer');
    },
  });
  return {
    address,
    key: { name: keyName, secret },
    addressesOf,
    async update(line) {
      await run('nsupdate', [], { input: `server ${address}\nkey hmac-sha256:${keyName} ${secret}\n${line}\nsend\n` });
    },
  };
}
