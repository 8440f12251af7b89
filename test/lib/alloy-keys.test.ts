// Alloy's whole program, which knows every component, is too large to build here: each argument and block of the two
// configurations is looked up in what the reference of that component names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { collectors, everything } from './collectors-cluster.ts';
import { evaluateAll } from './evaluate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): any => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/**
 * Names of arguments and of blocks, at any depth, by component: the tables of docs/sources/reference of 1.19.0-rc.3, with what
 * they include from docs/sources/shared.
 */
const recorded: Record<string, string[]> = read('test/lib/recorded/alloy-1.19.json');

/** Names in a body that the reference of its component has not. */
function unknownIn(component: string, value: any): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => unknownIn(component, item));
  if (typeof value !== 'object' || value === null || '$map' in value || '$expression' in value) return [];
  return Object.entries(value).flatMap(([name, below]) => [
    ...(below === null || recorded[component]!.includes(name) ? [] : [`${component}: ${name}`]),
    ...unknownIn(component, below),
  ]);
}

const unknown = (files: Record<string, any>): string[] =>
  Object.values(files)
    .filter((file) => typeof file === 'object')
    .flatMap((file) =>
      Object.entries(file).flatMap(([header, body]) => {
        const component = header.split(' ')[0]!;
        return component in recorded ? unknownIn(component, body) : [`${component}: no such component`];
      }),
    );

const available = `{ profile: 'highly-available' }`;
const configs = (code: string): string => `[(${code}).get(name).config for name in ['alloy', 'alloy-node']]`;
const forms = await evaluateAll({
  small: configs(collectors()),
  everything: configs(collectors(everything)),
  available: configs(collectors({ extra: available })),
  onlyMimir: configs(collectors({ off: ['loki', 'tempo'] })),
  onlyLoki: configs(collectors({ off: ['mimir', 'tempo'] })),
});

for (const [form, [collector, agent]] of Object.entries<any>(forms))
  test(`the reference names every component, argument and block: ${form}`, () => {
    assert.deepEqual([...new Set([...unknown(collector), ...unknown(agent)])], []);
  });

test('what it does not name is found', () => {
  const wrong = { a: { 'loki.write "x"': { endpoint: { ulr: '' } }, 'loki.wirte "y"': {} } };
  assert.deepEqual(unknown(wrong), ['loki.write: ulr', 'loki.wirte: no such component']);
});

test('the reference is of the version that is deployed', () => {
  assert.match(read('lib/versions.json').alloy.tag, /^v1\.19\./);
});
