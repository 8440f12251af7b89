import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drill } from '../../scripts/core/rebirth/file.ts';
import type { Outcome } from '../../scripts/core/rebirth/verify.ts';
import { formatOutcomes, formatRecord, formatSteps } from '../../scripts/report/rebirth-text.ts';

const record = {
  environment: 'home',
  takenAt: 1000,
  spans: [{ from: 400, to: 1000, step: 5 }],
  signals: [
    {
      component: 'loki',
      name: 'logs',
      unit: 'lines',
      lost: 4500,
      found: 60,
      pieces: [
        { id: 'a', at: 5, amount: 7 },
        { id: 'b', at: 9, amount: 5 },
      ],
    },
  ],
};
const drill: Drill = { kind: 'abrupt', record, died: 1004.4, ended: true };
const lost = { missing: [{ id: 'a', at: 900, amount: 7 }], reachesBack: 104, before: 12, after: 5 };
const outcomes: Outcome[] = [
  { component: 'loki', name: 'logs', unit: 'lines', allowed: 4505, seconds: 61.2, ...lost },
  { component: 'tempo', name: 'traces', unit: 'spans', allowed: 90, seconds: 61.2, ...lost },
  {
    component: 'grafana',
    name: 'dashboards',
    unit: 'dashboards',
    allowed: 0,
    seconds: 3,
    missing: [],
    reachesBack: 0,
    before: 9,
    after: 9,
  },
];

test('the record says how much of what is looked for afterwards', () => {
  assert.equal(
    formatRecord(record),
    'recorded, of the last 10 minutes and of a day, a week and four weeks ago:\n        12 lines of loki\n',
  );
});

test('what came back, how far back a loss reaches, and whether it may', () => {
  assert.equal(
    formatOutcomes(drill, outcomes),
    `abrupt rebirth; recorded 4 s before the end, of which nothing is known

signal                 before  after  lost, reaching back  allowed  found after
lines of loki              12      5             7, 104 s   4505 s         61 s  holds
spans of tempo             12      5             7, 104 s     90 s         61 s  LOST
dashboards of grafana       9      9              nothing      0 s          3 s  holds
`,
  );
});

test('how long each step took, and all of them', () => {
  assert.equal(
    formatSteps([
      { name: 'definitions', seconds: 3.21 },
      { name: 'secrets', seconds: 10 },
    ]),
    '    3.2 s  definitions\n   10.0 s  secrets\n   13.2 s  in all\n',
  );
});
