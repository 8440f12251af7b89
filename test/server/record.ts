// Asks a running API server for its verdict on every probe and writes verdicts.json:
//
//   REKINDLE_SERVER=https://127.0.0.1:6443 REKINDLE_TOKEN=… node --import tsx test/server/record.ts
//
// Nothing is stored in it: every request is a dry run. The server must not run the admission plugin ServiceAccount.
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import type { Manifest } from '../../scripts/core/types.ts';
import { keyOf, probes } from './probes.ts';

const server = process.env.REKINDLE_SERVER;
if (server === undefined) throw new Error('set REKINDLE_SERVER to the URL of an API server, and REKINDLE_TOKEN');
// A server for tests has a certificate that it made itself.
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
const headers = { authorization: `Bearer ${process.env.REKINDLE_TOKEN}`, 'content-type': 'application/json' };

function ask(
  method: string,
  path: string,
  body?: string,
): Promise<{ status: number; answer: { message?: string; gitVersion?: string } }> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, server), { method, agent, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, answer: JSON.parse(text) as { message?: string } }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const plural = kind === 'NetworkPolicy' ? 'networkpolicies' : `${kind.toLowerCase()}s`;
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${base}${metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`}/${plural}?dryRun=All&fieldValidation=Strict`;
}

const { answer: version } = await ask('GET', '/version');
const verdicts: Record<string, string> = {};
for (const probe of probes()) {
  const { status, answer } = await ask('POST', pathOf(probe), JSON.stringify(probe));
  if (status === 401 || status === 403 || status === 404) throw new Error(`${pathOf(probe)}: ${answer.message}`);
  // Enough of a message to see the reason; a value may be a megabyte.
  verdicts[keyOf(probe)] = status < 400 ? '' : (answer.message ?? `${status}`).slice(0, 160);
}
const file = join(import.meta.dirname, 'verdicts.json');
writeFileSync(file, `${JSON.stringify({ server: version.gitVersion, verdicts }, null, 2)}\n`);
console.log(`${Object.keys(verdicts).length} verdicts of ${version.gitVersion}`);
