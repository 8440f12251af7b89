// What each signal is asked, and what is made of the answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificates } from '../../../scripts/core/rebirth/certificates.ts';
import { logs, metrics } from '../../../scripts/core/rebirth/counts.ts';
import { dashboards } from '../../../scripts/core/rebirth/dashboards.ts';
import { partsOf, traces } from '../../../scripts/core/rebirth/traces.ts';
import { fakeKubectl, live } from '../live/fake-kubectl.ts';

const span = { from: 1000, to: 1600, step: 10 };

test('logs and metrics are counted by job and step, the first of which begins where the stretch does', async () => {
  for (const [reader, path, query] of [
    [logs, '/loki/api/v1/query_range', 'sum by (job) (count_over_time({job=~".+"}[10s]))'],
    [metrics, '/api/v1/query_range', 'count by (job) (last_over_time({__name__=~".+"}[10s]))'],
  ] as const) {
    const asked: URL[] = [];
    const pieces = await reader.record(
      async (question) => {
        asked.push(new URL(question, 'http://store'));
        return {
          data: {
            result: [
              { metric: { job: 'blog/web' }, values: [[1010, '5']] },
              { metric: {}, values: [[1020, '2']] },
            ],
          },
        };
      },
      [span],
    );
    assert.deepEqual(pieces, [
      { id: 'blog/web 1010', at: 1000, amount: 5 },
      { id: ' 1020', at: 1010, amount: 2 },
    ]);
    assert.equal(asked.length, 1);
    assert.equal(asked[0]!.pathname, path);
    assert.deepEqual(Object.fromEntries(asked[0]!.searchParams), {
      query,
      start: '1010',
      end: '1600',
      step: '10',
    });
  }
});

test('traces are looked for in every part of a stretch, and counted by their spans', async () => {
  const answers: Record<string, unknown> = {
    '/api/v2/traces/a1': { trace: { resourceSpans: [{ scopeSpans: [{ spans: [{}, {}] }, { spans: [{}] }] }, {}] } },
  };
  let searches = 0;
  const pieces = await traces.record(
    async (question) => {
      if (!question.startsWith('/api/search')) return answers[question];
      searches += 1;
      return searches === 1 ? { traces: [{ traceID: 'a1', startTimeUnixNano: '1595000000001' }] } : {};
    },
    [span],
  );
  assert.equal(searches, 60);
  assert.deepEqual(pieces, [{ id: 'a1', at: 1595, amount: 3 }]);
});

test('afterwards the same traces are asked for, and one that is unknown has no spans', async () => {
  const before = [{ id: 'a1', at: 1595, amount: 3 }];
  const asked: string[] = [];
  const now = await traces.again(async (question) => void asked.push(question), [span], before);
  assert.deepEqual(asked, ['/api/v2/traces/a1']);
  assert.deepEqual(now, [{ id: 'a1', at: 1595, amount: 0 }]);
});

test('the parts of a stretch cover it without gaps, fine at its end', () => {
  for (const { from, to, step } of [span, { from: 0, to: 12_600, step: 30 }, { from: 0, to: 7, step: 5 }]) {
    const parts = partsOf({ from, to, step }).toSorted((a, b) => a.start - b.start);
    assert.deepEqual([parts[0]!.start, parts.at(-1)!.end], [from, to]);
    assert.ok(parts.slice(1).every(({ start }, index) => start === parts[index]!.end));
    assert.ok(parts.at(-1)!.end - parts.at(-1)!.start <= step);
    assert.ok(parts.length <= 101);
  }
});

test('dashboards are those that Grafana lists', async () => {
  const found = await dashboards.record(async () => [{ uid: 'nodes' }, { uid: 'pods' }], []);
  assert.deepEqual(found, [
    { id: 'nodes', amount: 1 },
    { id: 'pods', amount: 1 },
  ]);
});

test('of certificates those count that are ready', async () => {
  const ready = (status: string) => ({ status: { conditions: [{ type: 'Ready', status }] } });
  const kubectl = fakeKubectl({
    'certificates.cert-manager.io': [
      live('Certificate', 'web', ready('True')),
      live('Certificate', 'api', ready('False')),
      live('Certificate', 'new'),
    ],
  });
  assert.deepEqual(await certificates(kubectl), [{ id: 'somewhere/web', amount: 1 }]);
});
