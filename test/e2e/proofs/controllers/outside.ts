// The outside world as far as an environment asks it: Let's Encrypt (by Pebble), the API of DigitalOcean for DNS records, and
// the name server of the domain. All answer under their real names, with certificates of an authority that pods trust.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpsRequest } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { extraAuthorities } from '../../programs/base-files.ts';
import { addresses } from '../../rig/network.ts';
import { makeAuthority, makeCertificate } from '../../rig/pki.ts';
import type { Rig } from '../../rig/rig.ts';
import { noteStandIn } from '../../stand-ins.ts';
import { answerRecords } from './digitalocean.ts';
import { startDomainServer, type DomainServer } from './name-server.ts';

export interface Outside {
  domain: DomainServer;
  /** The root that Pebble's certificates lead to, PEM. */
  acmeRoot: string;
}

const acmeHosts = ['acme-v02.api.letsencrypt.org', 'acme-staging-v02.api.letsencrypt.org'];
const recordsHost = 'api.digitalocean.com';
const pebble = { port: 14000, management: 15000 };

/** Starts it for a domain. `token`: what DigitalOcean asks for. */
export async function startOutside(rig: Rig, domain: string, token: string): Promise<Outside> {
  noteStandIn("Let's Encrypt");
  noteStandIn('API of DigitalOcean');
  const server = await startDomainServer(rig, domain);
  rig.names.forward(domain, server.address);
  const authority = await makeAuthority(rig.folder, 'outside');
  writeFileSync(extraAuthorities(rig.folder), readFileSync(authority.certificate));
  const names = [...acmeHosts, recordsHost];
  const pair = await makeCertificate(rig.folder, authority, {
    name: 'outside-server',
    subject: '/CN=outside',
    names: [...names.map((name) => `DNS:${name}`), 'IP:127.0.0.1'],
  });
  const front = createServer(
    { cert: readFileSync(pair.certificate), key: readFileSync(pair.key) },
    (request, response) => {
      const host = request.headers.host ?? '';
      if (acmeHosts.includes(host)) forwardToPebble(request, response);
      else if (host === recordsHost) void answerRecords(request, response, { zone: domain, token, server });
      else response.writeHead(404).end();
    },
  );
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject);
    front.listen(443, addresses.controlPlane, resolve);
  });
  front.unref();
  for (const name of names) rig.names.add(name, addresses.controlPlane);
  return { domain: server, acmeRoot: await startPebble(rig, pair, server) };
}

async function startPebble(
  rig: Rig,
  { certificate, key }: { certificate: string; key: string },
  server: DomainServer,
): Promise<string> {
  const config = join(rig.folder, 'pebble.json');
  const listen = {
    listenAddress: `127.0.0.1:${pebble.port}`,
    managementListenAddress: `127.0.0.1:${pebble.management}`,
  };
  writeFileSync(
    config,
    JSON.stringify({ pebble: { ...listen, certificate, privateKey: key, httpPort: 80, tlsPort: 443 } }),
  );
  let root = '';
  await rig.start({
    name: 'pebble',
    command: ['pebble', '-strict', '-config', config, '-dnsserver', `${server.address}:53`],
    // It validates at once, and forgets no authorization in between.
    env: { PEBBLE_VA_NOSLEEP: '1' },
    ready: async () => {
      root = await new Promise<string>((resolve, reject) => {
        const sent = httpsRequest(
          {
            host: '127.0.0.1',
            port: pebble.management,
            path: '/roots/0',
            rejectUnauthorized: false,
            agent: false,
            timeout: 3000,
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('end', () => resolve(Buffer.concat(chunks).toString()));
          },
        );
        sent.on('timeout', () => sent.destroy(new Error('no answer')));
        sent.on('error', reject);
        sent.end();
      });
    },
  });
  return root;
}

/** Let's Encrypt's directory has another path than Pebble's; all other URLs are Pebble's own, made from the host asked. */
function forwardToPebble(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url === '/directory' ? '/dir' : request.url;
  const { method, headers } = request;
  const options = {
    host: '127.0.0.1',
    port: pebble.port,
    path,
    method,
    headers,
    rejectUnauthorized: false,
    timeout: 20_000,
  };
  const sent = httpsRequest(options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on('timeout', () => sent.destroy(new Error('no answer')));
  sent.on('error', () => response.writeHead(502).end());
  request.pipe(sent);
}
