// DigitalOcean's API for DNS records, version 2, as far as cert-manager's solver calls it. What it is told reaches the
// domain's name server.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DomainServer } from './name-server.ts';

interface TextRecord {
  id: number;
  type: string;
  /** Relative to the zone, as the real API gives it. */
  name: string;
  data: string;
  ttl: number;
}

export interface RecordsOptions {
  zone: string;
  token: string;
  server: DomainServer;
}

const records = new Map<number, TextRecord>();
let lastId = 0;

/** Answers one request: list, create and delete. */
export async function answerRecords(
  request: IncomingMessage,
  response: ServerResponse,
  { zone, token, server }: RecordsOptions,
): Promise<void> {
  const say = (status: number, body?: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  try {
    if (request.headers.authorization !== `Bearer ${token}`)
      return say(401, { id: 'unauthorized', message: 'Unable to authenticate you' });
    const url = new URL(request.url ?? '/', 'https://api.digitalocean.com');
    const path = new RegExp(`^/v2/domains/${zone.replaceAll('.', '\\.')}/records(?:/(\\d+))?$`).exec(url.pathname);
    if (path === null)
      return say(404, { id: 'not_found', message: 'The resource you were accessing could not be found.' });
    if (request.method === 'GET') {
      const found = [...records.values()].filter(({ type }) => (url.searchParams.get('type') ?? type) === type);
      return say(200, { domain_records: found, links: {}, meta: { total: found.length } });
    }
    if (request.method === 'POST') {
      const { type, name, data, ttl } = JSON.parse(await bodyOf(request)) as Omit<TextRecord, 'id'>;
      const record = { id: ++lastId, type, name: name.replace(new RegExp(`\\.?${zone}\\.?$`), ''), data, ttl };
      await server.update(`update add ${record.name}.${zone}. ${ttl} ${type} "${data}"`);
      records.set(record.id, record);
      return say(201, { domain_record: record });
    }
    const record = records.get(Number(path[1]));
    if (request.method !== 'DELETE' || record === undefined)
      return say(404, { id: 'not_found', message: 'no such record' });
    await server.update(`update delete ${record.name}.${zone}. ${record.type} "${record.data}"`);
    records.delete(record.id);
    return say(204);
  } catch (error) {
    return say(500, { id: 'server_error', message: error instanceof Error ? error.message : String(error) });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
