import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateText } from '../../../scripts/jsonnet/engine/evaluate.ts';
import { textHost } from '../../../scripts/jsonnet/engine/text-host.ts';

const host = textHost(
  new Map(
    Object.entries({
      'app/near.libsonnet': `'beside the program'`,
      'lib/near.libsonnet': `'in lib'`,
      'lib/far.libsonnet': `import './deep/../both.libsonnet'`,
      'lib/both.libsonnet': `'in lib'`,
      'vendor/both.libsonnet': `'in vendor'`,
      '/root/absolute.libsonnet': `import '../root/./text.txt'`,
      '/root/text.txt': `'é'`,
    }),
  ),
  ['lib', 'vendor'],
);
const evaluate = (source: string): unknown =>
  JSON.parse(evaluateText('app/main.jsonnet', 'app/main.jsonnet', source, { host }));

test('the folder of the importing file comes first, then the last library folder', () => {
  assert.deepEqual(evaluate(`[import 'near.libsonnet', import 'both.libsonnet', import 'far.libsonnet']`), [
    'beside the program',
    'in vendor',
    'in lib',
  ]);
});

test('paths may be absolute, or climb', () => {
  assert.equal(evaluate(`import '/root/absolute.libsonnet'`), 'é');
  assert.equal(evaluate(`import '../lib/near.libsonnet'`), 'in lib');
});

test('importbin gives UTF-8', () => {
  assert.deepEqual(evaluate(`importbin '/root/text.txt'`), [39, 195, 169, 39]);
});

test('what is missing is said at the import, with the places that were looked at', () => {
  assert.throws(() => evaluate(`{ a: import '../none.libsonnet' }`), {
    message: 'import of "../none.libsonnet": no such file; looked for none.libsonnet',
  });
});
