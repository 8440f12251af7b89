import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatShare, short } from '../../scripts/core/quantity.ts';
import { countFindings, formatSummary } from '../../scripts/core/summary.ts';
import { formatTable } from '../../scripts/core/table.ts';
import { drawTree } from '../../scripts/core/tree.ts';

test('quantities keep three digits', () => {
  assert.deepEqual([0, 1023, 1024, 1536, 12.34 * 1024 ** 2, 240 * 1024 ** 3, 2 ** 62].map(formatBytes), [
    '0 B',
    '1023 B',
    '1 KiB',
    '1.5 KiB',
    '12.3 MiB',
    '240 GiB',
    '4096 PiB',
  ]);
  assert.deepEqual([0.25, 1, 1.256, 12.34, 123.4].map(short), ['0.25', '1', '1.26', '12.3', '123']);
  assert.deepEqual(
    [formatShare(0, 4), formatShare(0.01, 4), formatShare(1, 4), formatShare(6, 4)],
    ['0 %', '<1 %', '25 %', '150 %'],
  );
});

test('columns are as wide as their widest cell, and no line ends in white space', () => {
  const columns = [{ title: 'a' }, { title: 'number', align: 'right' as const }, { title: 'z' }];
  assert.equal(
    formatTable(columns, [
      ['long', '1', ''],
      ['x', '12345678', 'end'],
    ]),
    'a       number  z\nlong         1\nx     12345678  end\n',
  );
});

test('the closing table says what an environment came to', () => {
  const summary = { env: 'home', apps: 8, manifests: 212, bytes: 2048, seconds: 1.234, errors: 1, warnings: 2 };
  const capacity = { requested: { cpu: 1.85, memory: 3 * 1024 ** 3 }, allocatable: { cpu: 4, memory: 8 * 1024 ** 3 } };
  const rows = formatSummary([
    { ...summary, capacity },
    { ...summary, env: 'kind', errors: 0, warnings: 0, capacity: { ...capacity, allocatable: null } },
    { ...summary, env: 'lab', errors: 2, warnings: 0, capacity: null },
  ]);
  assert.equal(
    rows,
    `environment  apps  manifests   size  seconds             findings           CPU requested       memory requested
home            8        212  2 KiB     1.23  1 error, 2 warnings  1.85 of 4 cores (46 %)  3 GiB of 8 GiB (38 %)
kind            8        212  2 KiB     1.23                 none              1.85 cores                  3 GiB
lab             8        212  2 KiB     1.23             2 errors                       -                      -
`,
  );
});

test('findings are counted by severity', () => {
  const finding = { rule: 'r', message: 'm' };
  assert.deepEqual(
    countFindings([
      { ...finding, severity: 'error' },
      { ...finding, severity: 'warning' },
    ]),
    { errors: 1, warnings: 1 },
  );
});

test('a tree names a branch again but draws it once', () => {
  const children: Record<string, string[]> = { a: ['b', 'c'], b: ['d'], c: ['b', 'd'], d: [] };
  assert.equal(
    drawTree('a', (node) => children[node] ?? []),
    'a\n├─ b\n│  └─ d\n└─ c\n   ├─ b …\n   └─ d\n',
  );
  assert.equal(
    drawTree('x', () => ['x']),
    'x\n└─ x …\n',
  );
});
