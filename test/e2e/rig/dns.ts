// The cluster's name server: Services by their cluster names, as CoreDNS answers them, and hosts that a proof adds.
import { createSocket, type RemoteInfo } from 'node:dgram';
import type { Api } from './api.ts';
import { relay } from './dns-relay.ts';
import { addresses } from './network.ts';

const clusterDomain = 'cluster.local';

/** The resolv.conf of a pod in a namespace, as the kubelet writes it. */
export function resolvConf(namespace: string): string {
  const search = [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain];
  return `search ${search.join(' ')}\nnameserver ${addresses.dnsService}\noptions ndots:5\n`;
}

export interface NameServer {
  /** Makes a host name known, with the names below it when it begins with `*.`. */
  add(host: string, address: string): void;
  /** Sends questions about a domain, and what is below it, on to its own name server. */
  forward(domain: string, server: string): void;
}

/** Answers on the control plane's address, port 53, which `publishNameServer` makes known. */
export async function startNameServer(api: Api): Promise<NameServer> {
  const hosts = new Map<string, string>();
  const forwarded = new Map<string, string>();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    void respond(query, from);
  });
  const respond = async (query: Buffer, { port, address }: RemoteInfo): Promise<void> => {
    const name = readQuestion(query)?.name.toLowerCase() ?? '';
    const server = [...forwarded].find(([domain]) => name === domain || name.endsWith(`.${domain}`))?.[1];
    const reply =
      server === undefined ? await answer(query, (host) => lookUp(host, hosts, api)) : await relay(query, server);
    if (reply !== undefined) socket.send(reply, port, address);
  };
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(53, addresses.controlPlane, resolve);
  });
  socket.unref();
  return {
    add: (host, address) => void hosts.set(host, address),
    forward: (domain, server) => void forwarded.set(domain, server),
  };
}

/** The Service that pods find the name server by. */
export async function publishNameServer(api: Api): Promise<void> {
  const metadata = { name: 'kube-dns', namespace: 'kube-system' };
  await api.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { clusterIP: addresses.dnsService, ports: [{ name: 'dns', port: 53, protocol: 'UDP' }] },
  } as never);
  await api.apply({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kube-dns' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [addresses.controlPlane] }],
    ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
  } as never);
}

/** Addresses of a name; undefined when there is no such name. */
async function lookUp(name: string, hosts: ReadonlyMap<string, string>, api: Api): Promise<string[] | undefined> {
  const known = hosts.get(name) ?? hosts.get(`*.${name.slice(name.indexOf('.') + 1)}`);
  if (known !== undefined) return [known];
  const labels = name.split('.');
  if (!name.endsWith(`.svc.${clusterDomain}`)) return undefined;
  const [service, namespace] = labels.slice(-5, -3);
  if (service === undefined || namespace === undefined) return undefined;
  const found = await api.find({ apiVersion: 'v1', kind: 'Service', metadata: { name: service, namespace } });
  if (found === undefined) return undefined;
  if (labels.length === 5 && found.spec.clusterIP !== 'None') return [found.spec.clusterIP as string];
  const slices = await api.list('discovery.k8s.io/v1', 'EndpointSlice', {
    namespace,
    labelSelector: `kubernetes.io/service-name=${service}`,
  });
  const endpoints = slices.flatMap((slice) => (slice.endpoints ?? []) as Endpoint[]);
  const named = endpoints.filter(({ hostname }) => labels.length === 5 || hostname === labels[0]);
  return named.filter(({ conditions }) => conditions?.ready !== false).flatMap((endpoint) => endpoint.addresses);
}

interface Endpoint {
  addresses: string[];
  hostname?: string;
  conditions?: { ready?: boolean };
}

/** The reply to a query (RFC 1035), or undefined when it is none. Types other than A have no records. */
export async function answer(
  query: Buffer,
  resolve: (name: string) => Promise<string[] | undefined>,
): Promise<Buffer | undefined> {
  const question = readQuestion(query);
  if (question === undefined) return undefined;
  const { name, type, end } = question;
  let found: string[] | undefined;
  let code = 0;
  try {
    found = await resolve(name.toLowerCase());
    if (found === undefined) code = nameError;
  } catch {
    code = serverFailure;
  }
  const records = type === typeA ? (found ?? []) : [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  // A response, authoritative, recursion as desired and available.
  header.writeUInt16BE(0x8480 | (query.readUInt16BE(2) & 0x0100) | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(12, end), ...records.map(addressRecord)]);
}

const typeA = 1;
const serverFailure = 2;
const nameError = 3;

function readQuestion(query: Buffer): { name: string; type: number; end: number } | undefined {
  const isQuery = query.length > 12 && (query.readUInt8(2) & 0xf8) === 0 && query.readUInt16BE(4) === 1;
  if (!isQuery) return undefined;
  const labels: string[] = [];
  let at = 12;
  while (true) {
    const length = query[at];
    if (length === undefined || length > 63) return undefined;
    if (length === 0) break;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  if (at + 5 > query.length) return undefined;
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** Names the question by its place, lives for five seconds. */
function addressRecord(address: string): Buffer {
  const record = Buffer.from([0xc0, 0x0c, 0, typeA, 0, 1, 0, 0, 0, 5, 0, 4, 0, 0, 0, 0]);
  address.split('.').forEach((part, index) => record.writeUInt8(Number(part), 12 + index));
  return record;
}
