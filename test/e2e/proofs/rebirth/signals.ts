// What is written to the stores before each loss: of every signal a row over the last minutes, known to the second.
import { remoteWrite } from '../stores/remote-write.ts';
import { ask, type Store } from '../stores/stage.ts';

/** How many of each are written, and how many seconds lie between two. */
const row = { count: 60, seconds: 2 };

/** Writes a row that ends now, under a name of its own. Resolves to how much that is. */
export type Write = (name: string) => Promise<number>;

const times = (): number[] => {
  const now = Date.now();
  return Array.from({ length: row.count }, (_, index) => now - (row.count - index) * row.seconds * 1000);
};

const address = (store: Store, port: number): string => `http://${store}.${store}.svc.cluster.local:${port}`;
const json = { 'content-type': 'application/json' };

const logs: Write = async (name) => {
  const values = times().map((time, index) => [`${time}000000`, `line ${index} of ${name}`]);
  const body = JSON.stringify({ streams: [{ stream: { job: `e2e/${name}` }, values }] });
  await ask(`${address('loki', 3100)}/loki/api/v1/push`, { method: 'POST', headers: json, body });
  return values.length;
};

const metrics: Write = async (name) => {
  const samples = times().map((time, index): [number, number] => [time, index]);
  const series = [{ labels: { __name__: 'e2e_rebirth', job: `e2e/${name}` }, samples }];
  await ask(`${address('mimir', 8080)}/api/v1/push`, remoteWrite(series));
  return samples.length;
};

const traces: Write = async (name) => {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: name } }] };
  const spans = times().map((time, index) => ({
    traceId: Buffer.from(`${name}${time}`.padEnd(16, '.')).toString('hex').slice(0, 24) + `${index}`.padStart(8, '0'),
    spanId: `${index + 1}`.padStart(16, '0'),
    name: `span ${index}`,
    kind: 2,
    startTimeUnixNano: `${time}000000`,
    endTimeUnixNano: `${time + 5}000000`,
  }));
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
  await ask(`${address('tempo', 4318)}/v1/traces`, { method: 'POST', headers: json, body });
  return spans.length;
};

export const writers: Readonly<Record<Store, Write>> = { loki: logs, mimir: metrics, tempo: traces };
