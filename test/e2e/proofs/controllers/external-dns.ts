// external-dns makes the records of our hosts at a real name server, and deletes those that are gone when it may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { install } from '../../programs/install.ts';
import { report } from '../../report.ts';
import { noteStandIn } from '../../stand-ins.ts';
import { waitUntil } from '../../rig/api.ts';
import { addresses } from '../../rig/network.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { evaluateIn } from './evaluate.ts';
import { startDomainServer, type DomainServer } from './name-server.ts';
import type { Stage } from './stage.ts';

/** Pods that these tests run. */
export const externalDnsPods = ['external-dns/external-dns'] as const;

/** The app with our name server as its provider: all that differs from the environment, beside the policy when it is given. */
function manifestsFor(
  environment: string,
  domain: string,
  { address, key }: DomainServer,
  policy?: string,
): Promise<Manifest[]> {
  const component = {
    provider: 'rfc2136',
    credentials: { EXTERNAL_DNS_RFC2136_TSIG_SECRET: { name: 'rfc2136', key: 'secret' } },
    flags: {
      'rfc2136-host': address,
      'rfc2136-port': 53,
      'rfc2136-zone': domain,
      'rfc2136-tsig-keyname': key.name,
      'rfc2136-tsig-secret-alg': 'hmac-sha256',
      'rfc2136-tsig-axfr': true,
    },
    ...(policy !== undefined && { policy }),
  };
  const added = `{ components+: { 'external-dns'+: ${JSON.stringify(component)} } }`;
  return evaluateIn(environment, `(cluster + ${added}).manifests('external-dns')`);
}

/** Registers the tests, which run in this order. Contour has told its HTTPProxies where they are reached by then. */
export function proveExternalDns(stage: Stage): void {
  const { rig, environment } = stage;
  const { api } = rig;
  if (stage.manifests('external-dns').length === 0) return;
  const proxies = stage.manifests('contour').filter(({ kind }) => kind === 'HTTPProxy');
  const hosts = proxies.map(({ spec }) => (spec as { virtualhost: { fqdn: string } }).virtualhost.fqdn);
  let server: DomainServer;
  let domain: string;

  test('external-dns: it runs as rendered and makes a record for every host that we publish', async () => {
    const domains = await evaluateIn<string[]>(environment, "cluster.get('external-dns').domains");
    domain = domains[0]!;
    noteStandIn('name server of the domain');
    server = stage.outside?.domain ?? (await startDomainServer(rig, domain));
    await api.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'rfc2136', namespace: 'external-dns' },
      stringData: { secret: server.key.secret },
    } as never);
    await install(api, await manifestsFor(environment, domain, server));
    await stage.run('external-dns/external-dns');
    let made = 0;
    for (const host of hosts) {
      await waitUntil(async () => (await server.addressesOf(host)).includes(`${addresses.loadBalancers}1`), {
        what: `a record for ${host}`,
      });
      made += 1;
    }
    report.count('records of hosts', made, hosts.length);
  });

  test('external-dns: by default it deletes nothing; told to, it deletes the record of a host that is gone', async () => {
    const [proxy] = proxies;
    const extra = {
      apiVersion: 'projectcontour.io/v1',
      kind: 'HTTPProxy',
      metadata: { name: 'gone-tomorrow', namespace: proxy!.metadata.namespace! },
      spec: { ...(proxy!.spec as object), virtualhost: { fqdn: `gone.${domain}` } },
    };
    const known = async (): Promise<boolean> => (await server.addressesOf(`gone.${domain}`)).length > 0;
    await api.apply(extra);
    await waitUntil(known, { what: 'a record for the new host' });
    await api.delete(extra);
    // The event is there at once, and it acts on it within five seconds (--min-event-sync-interval).
    await new Promise((resolve) => {
      setTimeout(resolve, 8000);
    });
    assert.ok(await known(), 'the policy upsert-only keeps it');

    const before = stage.running.findIndex(({ pod }) => pod.metadata.namespace === 'external-dns');
    const [old] = stage.running.splice(before, 1);
    await old!.stop(10);
    await install(api, await manifestsFor(environment, domain, server, 'sync'));
    const { name, namespace } = old!.pod.metadata;
    await api.waitFor({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } }, (live) => live === undefined);
    await stage.run('external-dns/external-dns');
    await waitUntil(async () => !(await known()), { what: 'the record of the host that is gone is deleted' });
    for (const host of hosts) assert.ok((await server.addressesOf(host)).length > 0, `${host} keeps its record`);
  });
}
