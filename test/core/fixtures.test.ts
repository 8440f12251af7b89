// Every file in test/fixtures/valid must pass, and every file in test/fixtures/invalid must be refused for exactly the
// reasons that its comments `# finds: <rule> <severity> <pointer or -> <part of the message>` give.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkFiles, defaultKubernetes, loadCheckers } from '../../scripts/core/check.ts';
import { readManifests } from '../../scripts/core/read-manifests.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures');
const checkers = loadCheckers(defaultKubernetes, { root });

function check(path: string) {
  const { manifests, diagnostics } = readManifests([path]);
  return [...diagnostics, ...checkFiles(manifests, { checkers })];
}

/** JSON has no comments. */
const expectedOfJson: Record<string, string[]> = {
  'duplicate-key/in-json.json': ['duplicate-key error - the key "name" is there twice in one object'],
  'input-syntax/trailing-comma.json': ['input-syntax error - not JSON from "} }" on'],
};

for (const file of readdirSync(join(fixtures, 'valid')).sort()) {
  test(`valid/${file} passes`, () => {
    assert.deepEqual(check(join(fixtures, 'valid', file)), []);
  });
}

for (const rule of readdirSync(join(fixtures, 'invalid')).sort()) {
  for (const file of readdirSync(join(fixtures, 'invalid', rule)).sort()) {
    test(`invalid/${rule}/${file} is refused`, () => {
      const path = join(fixtures, 'invalid', rule, file);
      const comments = [...readFileSync(path, 'utf8').matchAll(/^# finds: (.*)$/gm)].map(([, text]) => text!);
      const expected = expectedOfJson[`${rule}/${file}`] ?? comments;
      assert.ok(
        expected.some((line) => line.startsWith(`${rule} `)),
        'the folder names a rule that the file breaks',
      );
      const found = check(path);
      assert.equal(found.length, expected.length, JSON.stringify(found, null, 2));
      for (const line of expected) {
        const [name, severity, pointer, ...words] = line.split(' ');
        const one = found.find(
          (d) => d.rule === name && (d.pointer ?? '-') === pointer && d.message.includes(words.join(' ')),
        );
        assert.equal(one?.severity, severity, `${line}\nin ${JSON.stringify(found, null, 2)}`);
        assert.ok(one?.line !== undefined && one.column !== undefined, 'a finding in a file has a line and a column');
      }
    });
  }
}
