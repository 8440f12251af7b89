import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { checkPortability } from '../../../scripts/core/lint/portability.ts';
import { commonStd, goOnlyStd } from '../../../scripts/core/lint/std-functions.ts';
import { findTool } from '../../../scripts/core/tools.ts';

const found = (source: string) =>
  checkPortability(source, 'a.libsonnet').map(({ message, hint, line, column }) => [line, column, message, hint]);

test('what only one engine has is found, where it stands', () => {
  const cases: [source: string, column: number, message: RegExp][] = [
    ['std.trim(x)', 5, /std\.trim is not in libjsonnet 0\.20/],
    ['std.parseYaml(x)', 5, /std\.parseYaml gives not the same/],
    ['std.thisFile', 5, /std\.thisFile/],
    ["std.native('x')(1)", 5, /std\.native/],
    ['std.lenght(x)', 5, /there is no std\.lenght/],
    ['[1_000]', 2, /underscores in numbers/],
    ['|||-\n  a\n|||', 1, /does not know \|\|\|-/],
    ['x[-1:]', 3, /count from the end/],
    ['x[:-1]', 3, /count from the end/],
    ['x[1:-1]', 4, /count from the end/],
    ['x[::-1]', 3, /count from the end/],
    ['x[f(1):-std.length(y)]', 7, /count from the end/],
  ];
  for (const [source, column, message] of cases) {
    const [one, ...others] = found(source);
    assert.deepEqual(others, [], source);
    assert.deepEqual([one?.[0], one?.[1]], [1, column], source);
    assert.match(String(one?.[2]), message, source);
  }
});

test('a misspelt function gets the nearest name', () => {
  assert.equal(found('std.lenght(x)')[0]?.[3], 'did you mean "length"?');
});

test('what both engines have is left alone', () => {
  const sources = [
    'std.length(x)',
    "'std.trim(1_000)'",
    '// std.trim',
    'x.std.trim',
    '[-1, -2]',
    'x[1:2]',
    'x[-1]',
    '{ [a]: -1 }',
    "x { ['a']:: -1 }",
    '[x[1] - 1 for x in y]',
    '|||\n  |||-\n|||',
    'a[{ b: -1 }.b]',
    '1.5e-3',
    'x_1',
  ];
  for (const source of sources) assert.deepEqual(found(source), [], source);
});

test('the lists of std are what the engines say', async (t) => {
  const { Jsonnet } = createRequire(import.meta.url)('@hanazuki/node-jsonnet') as {
    Jsonnet: new () => { evaluateSnippet(s: string): Promise<string> };
  };
  const names = (json: string) => (JSON.parse(json) as string[]).filter((name) => /^[a-z]/i.test(name)).sort();
  const older = names(await new Jsonnet().evaluateSnippet('std.objectFieldsAll(std)'));
  assert.deepEqual([...commonStd].sort(), older);
  const jsonnet = findTool('jsonnet');
  if (jsonnet === undefined) return t.diagnostic('go-jsonnet is not installed, so its own list was not compared');
  const { stdout, status } = spawnSync(jsonnet, ['-e', 'std.objectFieldsAll(std)'], { encoding: 'utf8' });
  assert.equal(status, 0);
  // A jsonnet of another origin on PATH may be the older engine itself.
  const newer = names(stdout);
  if (newer.includes('trim')) assert.deepEqual([...commonStd, ...goOnlyStd].sort(), newer);
});
