import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTable } from '../../../scripts/core/docs/generate.ts';
import { settingsTable } from '../../../scripts/core/docs/table.ts';
import type { SettingRow } from '../../../scripts/core/docs/reference.ts';

const row = (path: string, more: Partial<SettingRow> = {}): SettingRow => ({
  path,
  type: 'string',
  help: 'What it is.',
  required: false,
  ...more,
});
const table = (...rows: SettingRow[]) =>
  settingsTable(rows, (path) => [{ profile: 'small', row: rows.find((one) => one.path === path) }])
    .split('\n')
    .slice(2, -1);

test('a row has path, type, default and help; defaults read like Jsonnet', () => {
  assert.deepEqual(
    table(
      row('a', { default: 'x' }),
      row('b', { default: null }),
      row('c', { default: { d: ['e', 1], 'f-g': true } }),
      row('h', { required: true }),
      row('i'),
      row('j', { default: Array.from({ length: 50 }, () => 'long') }),
    ),
    [
      "| `a` | string | `'x'` | What it is. |",
      '| `b` | string | `null` | What it is. |',
      "| `c` | string | `{ d: ['e', 1], 'f-g': true }` | What it is. |",
      '| `h` | string | **required** | What it is. |',
      '| `i` | string |  | What it is. |',
      '| `j` | string | 50 entries | What it is. |',
    ],
  );
});

test('a default that the profile decides is shown for each', () => {
  const rows = [row('replicas', { default: 1 })];
  const text = settingsTable(rows, () => [
    { profile: 'small', row: rows[0] },
    { profile: 'highly-available', row: row('replicas', { default: 3 }) },
  ]);
  assert.match(text, /\| `1` \(small\)<br>`3` \(highly-available\) \|/);
});

test('help can end neither the cell nor begin HTML, and code in it stays as it is', () => {
  assert.deepEqual(table(row('a', { help: 'a|b, <name> and `<x>|*`, *' })), [
    '| `a` | string |  | a\\|b, &lt;name> and `<x>\\|*`, \\* |',
  ]);
});

test('a table goes between the markers, again and again with the same result', () => {
  const readme = '# A\n\n<!-- settings -->\nold\n<!-- /settings -->\n\nrest\n';
  const once = withTable(readme, '| new |\n', 'lib/a/README.md');
  assert.match(
    once,
    /^# A\n\n<!-- settings -->\n<!-- prettier-ignore-start -->\n\n\| new \|\n\n<!-- prettier-ignore-end -->\n<!-- \/settings -->\n\nrest\n$/,
  );
  assert.equal(withTable(once, '| new |\n', 'lib/a/README.md'), once);
});

test('a README without the markers is refused', () => {
  assert.throws(
    () => withTable('# A\n', '', 'lib/a/README.md'),
    /lib\/a\/README\.md lacks the lines <!-- settings -->/,
  );
});
