import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goPattern } from '../../../../scripts/core/schemas/compile/go-pattern.ts';

/** Whether a text matches a pattern in Go's syntax. */
function matches(pattern: string, text: string): boolean {
  const translated = goPattern(pattern);
  assert.ok(translated !== undefined, pattern);
  return new RegExp(translated, 'u').test(text);
}

test('a pattern that both languages read alike stays as it is', () => {
  for (const pattern of [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    '^(\\+|-)?[0-9]+$',
    '^$|^\\/.*$',
    '^[^;\\x7f]+$',
    '\\p{L}',
  ]) {
    assert.equal(goPattern(pattern), pattern);
  }
});

test('escapes that JavaScript forbids are written without', () => {
  assert.equal(matches('^a\\-b$', 'a-b'), true);
  assert.equal(matches('^[a\\-b]$', '-'), true);
  assert.equal(matches('^\\"\\ \\:$', '" :'), true);
});

test('anchors and named groups of Go are translated', () => {
  assert.equal(matches('\\Aa\\z', 'a'), true);
  assert.equal(matches('\\Aa\\z', 'ab'), false);
  assert.equal(matches('^(?P<year>\\d{4})$', '2026'), true);
});

test("what can't be expressed is not checked, rather than checked as something else", () => {
  for (const pattern of ['[[:alpha:]]', '[[:^digit:]x]', '(?i)abc', '\\Qa.b\\E', '(?s).*']) {
    assert.equal(goPattern(pattern), undefined, pattern);
  }
});
