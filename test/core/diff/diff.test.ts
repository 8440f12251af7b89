import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { diffSides, isSame } from '../../../scripts/core/diff/diff.ts';
import type { Side } from '../../../scripts/core/diff/types.ts';
import type { Manifest } from '../../../scripts/core/types.ts';
import { diffText } from '../../../scripts/report/diff-text.ts';

const config = (name: string, data: Record<string, string> = {}, apiVersion = 'v1'): Manifest => ({
  apiVersion,
  kind: 'ConfigMap',
  metadata: { namespace: 'web', name },
  data,
});
const side = (apps: Record<string, Manifest[]>, failed: string[] = []): Side => ({
  env: 'home',
  apps: Object.entries(apps).map(([app, manifests]) => ({ app, manifests })),
  failed,
});

test('counts what is added, removed, changed and unchanged', () => {
  const diff = diffSides(
    'home',
    side({ web: [config('a'), config('b'), config('c', { x: '1' })] }),
    side({ web: [config('b'), config('c', { x: '2' }), config('d')] }),
  );
  assert.deepEqual([diff.added, diff.removed, diff.changed, diff.unchanged], [1, 1, 1, 1]);
  assert.deepEqual(
    diff.changes.map(({ change, manifest }) => [change, manifest.name]),
    [
      ['removed', 'a'],
      ['changed', 'c'],
      ['added', 'd'],
    ],
  );
  assert.equal(isSame(diff), false);
  assert.equal(isSame(diffSides('home', side({ web: [config('a')] }), side({ web: [config('a')] }))), true);
});

test('a manifest that moves to another app, or to another version of its API, is changed', () => {
  const moved = diffSides('home', side({ web: [config('a')] }), side({ base: [config('a')] }));
  assert.deepEqual(
    moved.changes.map(({ change, app, movedFrom }) => [change, app, movedFrom]),
    [['changed', 'base', 'web']],
  );
  const version = diffSides(
    'home',
    side({ web: [config('a', {}, 'example.org/v1beta1')] }),
    side({ web: [config('a', {}, 'example.org/v1')] }),
  );
  assert.deepEqual(
    version.changes[0]?.fields.map(({ path }) => path),
    ['apiVersion'],
  );
});

test('an environment that is new or gone is all added or all removed', () => {
  assert.equal(diffSides('home', undefined, side({ web: [config('a'), config('b')] })).added, 2);
  assert.equal(diffSides('home', side({ web: [config('a')] }), undefined).removed, 1);
});

test('an app that could not be rendered is not taken for removed', () => {
  assert.equal(isSame(diffSides('home', side({ web: [config('a')] }), side({}, ['web']))), true);
});

test('of two manifests with one identity none is passed over', () => {
  const diff = diffSides(
    'home',
    side({ web: [config('a')] }),
    side({ web: [config('a')], other: [config('a', { x: '1' })] }),
  );
  assert.equal(diff.added, 1);
});

test('the text shows fields, and long texts by their changed lines', () => {
  const text = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('');
  const diff = diffSides(
    'home',
    side({ web: [config('a', { x: '1', file: text }), config('gone')] }),
    side({ web: [config('a', { x: '2', file: text.replace('line 10', 'line ten') })] }),
  );
  assert.equal(
    diffText([diff, diffSides('kind', side({ web: [config('a')] }), side({ web: [config('a')] }))], false),
    `home
  web
    ~ ConfigMap web/a
        ~ data.x
          - 1
          + 2
        ~ data.file
          @@ line 8 → 8 @@
           line 7
           line 8
           line 9
          -line 10
          +line ten
           line 11
           line 12
           line 13
    - ConfigMap web/gone
home: 1 removed, 1 changed, 0 unchanged

kind: no differences in 1 manifest
`,
  );
  assert.equal(stripVTControlCharacters(diffText([diff], true)), diffText([diff], false));
});
