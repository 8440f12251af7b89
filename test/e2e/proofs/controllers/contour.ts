// Contour, over TLS with the certificates that cert-manager issued, configures the real Envoy, and requests for every host
// that we publish pass through it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runningStatus } from '../../programs/status.ts';
import { podsOf } from '../../programs/workload.ts';
import { report } from '../../report.ts';
import { noteStandIn } from '../../stand-ins.ts';
import { waitUntil } from '../../rig/api.ts';
import { addresses } from '../../rig/network.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { get, postGrpc } from './browser.ts';
import { renew, servedSerial } from './renewal.ts';
import { authorityOf, conditionOf, type Stage } from './stage.ts';

/** Pods that these tests run. */
export const contourPods = ['contour/contour', 'contour/contour-envoy', 'argocd/argocd-server'] as const;

interface HttpProxy {
  virtualhost: { fqdn: string; tls: { secretName: string } };
}

/** Registers the tests, which run in this order. The manifests of contour and of argo-cd are applied by then. */
export function proveContour(stage: Stage): void {
  const { rig } = stage;
  const { api } = rig;
  const proxies = stage.manifests('contour').filter(({ kind }) => kind === 'HTTPProxy');
  const hostOf = (proxy: Manifest): string => (proxy.spec as HttpProxy).virtualhost.fqdn;
  const authorityFor = ({ metadata, spec }: Manifest): Promise<string> =>
    authorityOf(stage, metadata.namespace!, (spec as HttpProxy).virtualhost.tls.secretName);
  const entry = { address: '', http: 80, https: 443 };

  test('contour: Contour and Envoy run as rendered, Envoy with the bootstrap of its init container', async () => {
    await stage.run('contour/contour');
    // Envoy is ready once Contour, which it reaches by its Service and trusts by its certificate, has told it what to do.
    await stage.run('contour/contour-envoy');
  });

  test('contour: it serves Envoys with a renewed certificate without a restart', async () => {
    const serial = await renew(rig, 'contour-xds-server');
    const contours = stage.running.filter(({ pod }) => pod.spec.containers.some(({ name }) => name === 'contour'));
    for (const contour of contours) {
      await contour.refresh();
      await waitUntil(async () => (await servedSerial(rig, contour.pod.status.podIP)) === serial, {
        what: 'Contour shows the renewed certificate',
      });
    }
  });

  test('contour: a stub stands behind the Service that we publish', async () => {
    const [pod] = await podsOf(rig, 'argocd/argocd-server');
    const network = await rig.addPodNetwork();
    await rig.start({
      name: 'backend',
      command: [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'backend.ts'), '8080'],
      enter: network.enter,
    });
    const { metadata } = pod!;
    const status = runningStatus({ ...pod!, status: { podIP: network.address } });
    await api.patch({ apiVersion: 'v1', kind: 'Pod', metadata }, { status }, { subresource: 'status' });
    Object.assign(entry, await findEntry(stage));
  });

  test('contour: every HTTPProxy is valid', async () => {
    assert.ok(proxies.length > 0);
    for (const proxy of proxies) {
      await api.waitFor(proxy, (live) => live?.status?.currentStatus === 'valid', {
        what: `HTTPProxy ${proxy.metadata.name} is valid`,
      });
      assert.equal(conditionOf(await api.get(proxy), 'Valid')?.status, 'True');
    }
  });

  test('contour: a request for every host passes through Envoy to its backend, with the certificate of that host', async () => {
    let passed = 0;
    for (const proxy of proxies) {
      const host = hostOf(proxy);
      const ca = await authorityFor(proxy);
      const target = { address: entry.address, port: entry.https, host, ca, path: '/some/path?q=1' };
      // Envoy learns of a changed endpoint or certificate a moment later than we do.
      await waitUntil(async () => (await get(target)).status === 200, { seconds: 60, what: `https://${host}` });
      const answer = await get(target);
      const heard = JSON.parse(answer.body) as { host: string; url: string; headers: Record<string, string> };
      assert.deepEqual([heard.host, heard.url, heard.headers['x-forwarded-proto']], [host, '/some/path?q=1', 'https']);
      assert.match(answer.certificate?.subjectaltname ?? '', new RegExp(`DNS:${host.replaceAll('.', '\\.')}(,|$)`));
      const grpc = JSON.parse(await postGrpc(target)) as { httpVersion: string; method: string };
      assert.deepEqual([grpc.httpVersion, grpc.method], ['2.0', 'POST'], 'gRPC reaches the backend by HTTP/2');
      passed += 1;
    }
    report.count('hosts served through Envoy', passed, proxies.length);
  });

  test('contour: plain HTTP is redirected, an unknown host is refused', async () => {
    for (const host of proxies.map(hostOf)) {
      const { status, location } = await get({ address: entry.address, port: entry.http, host, path: '/a' });
      assert.deepEqual([status, location], [301, `https://${host}/a`]);
    }
    const unknown = `unknown.${hostOf(proxies[0]!)}`;
    const plain = await get({ address: entry.address, port: entry.http, host: unknown });
    assert.equal(plain.status, 404);
    const [proxy] = proxies;
    const ca = await authorityFor(proxy!);
    await assert.rejects(
      get({ address: entry.address, port: entry.https, host: unknown, ca }),
      /ECONNRESET|handshake|disconnected|hang up/,
    );
  });
}

/** Where requests enter: the load balancer where the environment has one, else the pod whose ports the node lends. */
async function findEntry({
  rig,
  manifests,
  running,
}: Stage): Promise<{ address: string; http: number; https: number }> {
  const service = manifests('contour').find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === 'contour-envoy',
  )!;
  if ((service.spec as { type?: string }).type === 'LoadBalancer') {
    noteStandIn('load balancer');
    const address = `${addresses.loadBalancers}1`;
    await rig.api.patch(
      service,
      { status: { loadBalancer: { ingress: [{ ip: address }] } } },
      { subresource: 'status' },
    );
    return { address, http: 80, https: 443 };
  }
  noteStandIn('ports of the node');
  const envoy = running.find(({ pod }) => pod.spec.containers.some(({ name }) => name === 'envoy'))!;
  const { ports = [] } = envoy.pod.spec.containers.find(({ name }) => name === 'envoy')!;
  const port = (name: string): number => ports.find((one) => one.name === name)!.containerPort;
  return { address: envoy.pod.status.podIP, http: port('http'), https: port('https') };
}
