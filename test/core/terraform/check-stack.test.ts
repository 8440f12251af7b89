// Every file in test/fixtures/terraform is found to have exactly the mistakes that its comment lists, in any order:
// `<severity> <pointer> <part of the message, and after "; " of the hint>`.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkStack } from '../../../scripts/core/terraform/check-stack.ts';
import { checkType } from '../../../scripts/core/terraform/check-type.ts';
import { readProviderSchemas } from '../../../scripts/core/terraform/provider-schemas.ts';

const folder = join(import.meta.dirname, '../../fixtures/terraform');
const schemas = readProviderSchemas();

for (const file of readdirSync(folder).sort()) {
  test(`${file} has the mistakes that it lists`, () => {
    const stack = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { '//': string[] };
    const found = checkStack(stack, schemas).map(
      ({ severity = 'error', pointer, message, hint }) => `${severity} ${pointer} ${message}${hint ? `; ${hint}` : ''}`,
    );
    const expected = stack['//'];
    assert.equal(found.length, expected.length, found.join('\n'));
    for (const line of expected) {
      assert.ok(
        found.some((one) => one.startsWith(line)),
        `${line}\nin\n${found.join('\n')}`,
      );
    }
  });
}

test('values are converted as Terraform converts them', () => {
  const fits = (type: Parameters<typeof checkType>[0], value: unknown) => checkType(type, value).length === 0;
  assert.ok(fits('string', 1) && fits('string', true) && !fits('string', []));
  assert.ok(fits('number', '1.5') && fits('number', '-2') && !fits('number', 'one'));
  assert.ok(fits('bool', 'true') && !fits('bool', 'yes') && !fits('bool', 1));
  assert.ok(fits(['set', 'number'], [1, '2', '${var.x}']) && !fits(['list', 'number'], [1, 'x']));
  assert.ok(fits(['map', 'bool'], { a: true }) && !fits(['map', 'bool'], { a: 'x' }));
  assert.ok(fits(['object', { a: 'number' }], { a: 1 }) && !fits(['object', { a: 'number' }], { a: 'x' }));
  assert.deepEqual(checkType(['map', ['list', 'number']], { 'a/b': [0, 'x'] }), [
    { pointer: '/a~1b/1', message: 'expected a number, found "x"' },
  ]);
});
