// Our verdict on each probe must be that of the API server, which record.ts has written down: refused for some reason, or
// taken. No false alarm, and nothing missed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkFiles, loadCheckers } from '../../scripts/core/check.ts';
import { keyOf, probes } from './probes.ts';

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'verdicts.json'), 'utf8')) as {
  server: string;
  verdicts: Record<string, string>;
};
const minor = /^v(\d+\.\d+)/.exec(recorded.server)![1]!;

test(`every verdict is that of the API server ${recorded.server}`, (t) => {
  const checkers = loadCheckers([minor], { root: join(import.meta.dirname, '../..') });
  const all = probes();
  const differing = all.flatMap((manifest) => {
    const verdict = recorded.verdicts[keyOf(manifest)];
    assert.notEqual(verdict, undefined, 'a probe without a verdict: record them again (test/server/record.ts)');
    const found = checkFiles([{ manifest, file: '', locate: () => undefined }], { checkers }).filter(
      ({ severity }) => severity === 'error',
    );
    if (found.length > 0 === (verdict !== '')) return [];
    const short = JSON.stringify(manifest).slice(0, 300);
    return [
      { manifest: short, server: verdict || 'takes it', ours: found.map(({ rule, message }) => `${rule}: ${message}`) },
    ];
  });
  assert.deepEqual(differing, []);
  const refused = Object.values(recorded.verdicts).filter((verdict) => verdict !== '').length;
  assert.equal(
    Object.keys(recorded.verdicts).length,
    all.length,
    'verdicts of probes that are gone: record them again',
  );
  t.diagnostic(`${all.length} probes, ${refused} of them refused by the server and by us`);
});
