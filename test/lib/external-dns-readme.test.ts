import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate, evaluateAll } from './evaluate.ts';
import { cluster, problemsOf } from './external-dns-cluster.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'lib/external-dns/README.md'), 'utf8');

test('README lists every provider with its credentials, flags and place', async () => {
  const providers = await evaluate(`
    local providers = import 'external-dns/providers.libsonnet';
    [
      local provider = providers.of(name);
      {
        name: name, expects: provider.expects, flags: provider.flags, reach: provider.reach,
        all: std.objectFields(provider.variables) + std.objectFields(provider.files),
      }
      for name in providers.names
    ]
  `);
  const code = (names: string[]) => names.map((name) => `\`${name}\``).join(', ');
  const expected = providers.map(({ name, expects, all, flags, reach }: any) => {
    const optional = all.filter((key: string) => !expects.includes(key));
    const credentials = [code(expects), optional.length > 0 ? `(${code(optional)})` : ''].filter((part) => part !== '');
    const places = reach.map((place: any) => `${place.peer} ${place.ports.join(', ')}`).join('; ');
    return [
      `\`${name}\``,
      name === 'webhook' ? 'what it reads' : credentials.join(' ') || '–',
      code(flags) || '–',
      places || '–',
    ];
  });
  const table = readme.slice(readme.indexOf('<!-- providers -->'), readme.indexOf('<!-- /providers -->'));
  const [, , ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  assert.deepEqual(cells, expected);
});

test('README: the examples are settings that hold', async () => {
  const examples = [...readme.matchAll(/```jsonnet\n([\s\S]*?)```/g)].map((match) => `{ ${match[1]} }`);
  assert.equal(examples.length, 2);
  const code = (example: string) => cluster('{}', '', `(${example.replace('components+:', 'components+::')})`);
  const found = await evaluateAll({
    one: problemsOf(code(examples[0]!)),
    outside: problemsOf(code(examples[1]!)),
    inside: problemsOf(code(examples[1]!), 'external-dns-internal'),
  });
  // The second example leaves the credentials to the default Secret of the instance.
  assert.deepEqual(found, { one: [], outside: [], inside: [] });
});
