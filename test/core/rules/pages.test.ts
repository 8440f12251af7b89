// Every rule has a page, every page a rule, and no finding carries a name that nobody explains.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lintRules } from '../../../scripts/jsonnet/lint/rules/index.ts';
import { rules } from '../../../scripts/core/rules/index.ts';
import { ruleSummaries } from '../../../scripts/core/rules/summaries.ts';

const root = join(import.meta.dirname, '../../..');
const pages = readdirSync(join(root, 'docs/rules'))
  .map((file) => file.replace(/\.md$/, ''))
  .sort();

test('rules and pages are the same list', () => {
  assert.deepEqual(pages, Object.keys(ruleSummaries).sort());
});

test('a page begins with the name of its rule', () => {
  for (const page of pages) {
    assert.match(readFileSync(join(root, 'docs/rules', `${page}.md`), 'utf8'), new RegExp(`^# ${page}\n`), page);
  }
});

test('a page says the severity of its rule', () => {
  for (const { name, severity } of [...rules, ...lintRules]) {
    assert.match(readFileSync(join(root, 'docs/rules', `${name}.md`), 'utf8'), new RegExp(`_${severity}`, 'i'), name);
  }
});

test('every rule that some source names is known', () => {
  const sources = readdirSync(join(root, 'scripts'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const named = sources.flatMap((path) =>
    [...readFileSync(join(root, 'scripts', path), 'utf8').matchAll(/\brule: '([a-z-]+)'/g)].map(([, name]) => name!),
  );
  assert.ok(named.length > 5);
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(ruleSummaries, name)),
    [],
  );
});
