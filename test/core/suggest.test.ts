import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearest } from '../../scripts/core/suggest.ts';

test('the nearest name is found, a far one is not', () => {
  const names = ['mimir', 'loki', 'tempo', 'cert-manager'];
  assert.equal(nearest('mimri', names), 'mimir');
  assert.equal(nearest('Loki', names), 'loki');
  assert.equal(nearest('certmanager', names), 'cert-manager');
  assert.equal(nearest('grafana', names), undefined);
  assert.equal(nearest('x', ['ab']), undefined);
  assert.equal(nearest('x', []), undefined);
});

test('without a near name all are listed', () => {
  assert.equal(didYouMean('mimri', ['mimir']), 'did you mean "mimir"?');
  assert.equal(didYouMean('grafana', ['loki', 'tempo']), 'there are: loki, tempo');
  assert.equal(didYouMean('grafana', []), 'there are none');
});
