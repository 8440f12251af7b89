import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryOf } from './report-summary.ts';
import { reportTable } from './report-table.ts';

const outcome = { proof: 'server', environment: 'kind', passed: true, seconds: 12.34, folder: '/nowhere' };

test('the summary keeps the largest memory and the longest time, and fails with one proof', () => {
  const rows = [
    { kind: 'memory', environment: 'kind', name: 'etcd', mebibytes: 40 },
    { kind: 'memory', environment: 'kind', name: 'etcd', mebibytes: 30 },
    { kind: 'count', environment: 'kind', name: 'accepted', done: 3, total: 4 },
  ] as const;
  const summary = summaryOf(rows, [outcome, { ...outcome, environment: 'home', passed: false }], '1.36');
  assert.equal(summary.passed, false);
  assert.deepEqual(summary.environments.kind, {
    proofs: { server: 'holds' },
    counts: { accepted: { done: 3, total: 4 } },
    seconds: { 'proof server': 12.3 },
    memory: { etcd: 40 },
    notes: {},
  });
  assert.equal(summary.environments.home!.proofs.server, 'fails');
  assert.equal(summaryOf([], [], '1.36').passed, false, 'nothing that ran proves nothing');
});

test('the table has a column per environment and a dash for what one has not', () => {
  const rows = [{ kind: 'count', environment: 'kind', name: 'accepted', done: 3, total: 4 }] as const;
  const text = reportTable(summaryOf(rows, [outcome, { ...outcome, environment: 'home' }], '1.36'));
  assert.match(text, /^ +kind +home$/m);
  assert.match(text, /^ {2}accepted +3\/4 +-$/m);
});
