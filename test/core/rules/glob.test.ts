import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globMatches } from '../../../scripts/core/rules/glob.ts';

test('globs as Argo CD reads them', () => {
  const cases: [pattern: string, text: string, matches: boolean, separator?: string][] = [
    ['main.jsonnet', 'main.jsonnet', true],
    ['main.jsonnet', 'mainxjsonnet', false],
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'a/b.yaml', true],
    ['*.yaml', 'a/b.yaml', false, '/'],
    ['**.yaml', 'a/b.yaml', true, '/'],
    ['{a,b}.json', 'b.json', true],
    ['{a,b}.json', 'c.json', false],
    ['{*.yml,*.yaml}', 'x.yml', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[ab].json', 'a.json', true],
    ['[!ab].json', 'a.json', false],
    ['[!ab].json', 'c.json', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['(a)', '(a)', true],
    ['{a', '{a', false],
    ['*', '', true],
  ];
  for (const [pattern, text, matches, separator] of cases) {
    assert.equal(globMatches(pattern, text, separator), matches, `${pattern} ~ ${text}`);
  }
});
