// The language stands alone: it works in a browser, and in a project that has nothing else of this one.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../scripts/jsonnet');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = /^(import|export) (type )?[^;]*?from '([^']+)';$/gm;

test('nothing but the command needs Node, a package or another folder', () => {
  assert.ok(files.length > 50);
  for (const file of files.filter((one) => !one.startsWith('command/'))) {
    for (const [, , isType, path] of readFileSync(join(root, file), 'utf8').matchAll(imports)) {
      // Types are gone when it runs.
      if (isType !== undefined) continue;
      assert.match(path!, /^\.\.?\//, `${file} imports ${path}`);
      assert.doesNotMatch(posix.join(posix.dirname(file), path!), /^\.\./, `${file} imports ${path}`);
    }
  }
});
