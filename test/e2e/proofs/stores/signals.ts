// What is written to each store, how it is made to upload it, and how it is read back. Everything is known beforehand, so that
// what comes back is compared, not counted.
import type { RunningPod } from '../../programs/launch.ts';
import { ask, urlOf, type Store } from './stage.ts';
import { remoteWrite, type Series } from './remote-write.ts';

export interface Signal {
  write(pod: RunningPod): Promise<void>;
  /** Has the store upload what it holds. `stop`: by ending it in an orderly way, which is the only one for all that it holds. */
  flush(pod: RunningPod): Promise<'stop' | 'flushed'>;
  /** What the store says of it, in the form of `expected`. */
  read(pod: RunningPod): Promise<unknown>;
  expected: unknown;
  /** How many single things that are. */
  count: number;
  /** How long nobody may have asked it before it can end in an orderly way. Default: 0. */
  quietSeconds?: number;
  /** The bucket's purpose, and what the path of an object in it looks like. */
  object: { purpose: string; path: RegExp };
}

const now = Date.now();
/** One every two seconds, up to now, in milliseconds. */
const times = Array.from({ length: 100 }, (_, index) => now - (100 - index) * 2000);
const json = { 'content-type': 'application/json' };

const lines = times.map((time, index): [string, string] => [`${time}000000`, `line ${index} of the proof`]);

const logs: Signal = {
  async write(pod) {
    const body = JSON.stringify({ streams: [{ stream: { job: 'e2e/stores' }, values: lines }] });
    await ask(`${urlOf(pod, 'http')}/loki/api/v1/push`, { method: 'POST', headers: json, body });
  },
  // /flush uploads chunks; their index follows at the next quarter of an hour, or when the program ends.
  flush: async () => 'stop',
  async read(pod) {
    const query = new URLSearchParams({
      query: '{job="e2e/stores"}',
      start: `${now - 3_600_000}000000`,
      end: `${now + 60_000}000000`,
      limit: '1000',
      direction: 'forward',
    });
    const answer = JSON.parse(await ask(`${urlOf(pod, 'http')}/loki/api/v1/query_range?${query.toString()}`)) as {
      data: { result: { values: [string, string][] }[] };
    };
    return answer.data.result.flatMap(({ values }) => values);
  },
  expected: lines,
  count: lines.length,
  object: { purpose: 'loki-chunks', path: /^index\/.*\.tsdb/ },
};

const series = Array.from({ length: 20 }, (_, index): Series => ({
  labels: { __name__: 'e2e_stores', job: 'e2e/stores', instance: `${index}` },
  samples: times.map((time, at) => [time, index * 1000 + at]),
}));

const metrics: Signal = {
  async write(pod) {
    await ask(`${urlOf(pod, 'http')}/api/v1/push`, remoteWrite(series));
  },
  async flush(pod) {
    await ask(`${urlOf(pod, 'http')}/ingester/flush?wait=true`, { method: 'POST' });
    return 'flushed';
  },
  async read(pod) {
    // A range selector returns samples as they were written, without a step.
    const query = new URLSearchParams({ query: 'e2e_stores[1h]', time: `${(now + 60_000) / 1000}` });
    const answer = JSON.parse(await ask(`${urlOf(pod, 'http')}/prometheus/api/v1/query?${query.toString()}`)) as {
      data: { result: { metric: { instance: string }; values: [number, string][] }[] };
    };
    return answer.data.result
      .toSorted((a, b) => Number(a.metric.instance) - Number(b.metric.instance))
      .map(({ values }) => values.map(([time, value]) => [Math.round(time * 1000), Number(value)]));
  },
  expected: series.map(({ samples }) => samples),
  count: series.length * times.length,
  object: { purpose: 'mimir-blocks', path: /\/meta\.json$/ },
};

const traceIDs = Array.from({ length: 20 }, (_, index) => `e2e0${index.toString(16).padStart(28, '0')}`);

const traces: Signal = {
  async write(pod) {
    const spans = traceIDs.map((traceId, index) => ({
      traceId,
      spanId: `${index + 1}`.padStart(16, '0'),
      name: `span ${index}`,
      kind: 2,
      startTimeUnixNano: `${times[index]!}000000`,
      endTimeUnixNano: `${times[index]! + 5}000000`,
    }));
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'e2e' } }] };
    const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
    await ask(`${urlOf(pod, 'otlp-http')}/v1/traces`, { method: 'POST', headers: json, body });
  },
  async flush(pod) {
    await ask(`${urlOf(pod, 'http')}/flush`);
    return 'flushed';
  },
  async read(pod) {
    const names: string[] = [];
    for (const id of traceIDs) {
      const answer = JSON.parse(
        await ask(`${urlOf(pod, 'http')}/api/traces/${id}`, { headers: { accept: 'application/json' } }),
      ) as { batches: { scopeSpans: { spans: { name: string }[] }[] }[] };
      names.push(
        ...answer.batches.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name))),
      );
    }
    return names;
  },
  // Its queue of queries waits at its end until it is empty, and is emptied every 30 seconds until then (grafana/tempo#7967).
  quietSeconds: 35,
  expected: traceIDs.map((_, index) => `span ${index}`),
  count: traceIDs.length,
  object: { purpose: 'tempo-traces', path: /\/meta\.json$/ },
};

export const signals: Readonly<Record<Store, Signal>> = { loki: logs, mimir: metrics, tempo: traces };
