import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultDuration, parseDuration } from '../../../scripts/core/kubeconfig/duration.ts';

test('hours, minutes and seconds, alone and together, from ten minutes to a day', () => {
  const right: [string, number][] = [
    ['10m', 600],
    ['600s', 600],
    ['1h30m', 5400],
    ['24h', 86_400],
    [defaultDuration, 28_800],
  ];
  for (const [text, seconds] of right) assert.equal(parseDuration(text), seconds, text);
});

test('everything else says what is wrong', () => {
  for (const text of ['', '8', 'h', '1d', '-1h', '1.5h', ' 1h', '1h ']) {
    assert.match(String(parseDuration(text)), /a number with a unit/, JSON.stringify(text));
  }
  assert.match(String(parseDuration('9m59s')), /less than 10m/);
  assert.match(String(parseDuration('24h1s')), /24h at most/);
});
