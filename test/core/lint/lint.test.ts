import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintRepository } from '../../../scripts/core/lint/lint.ts';
import { repositoryOf } from '../../helpers/repository.ts';

function findings(files: Record<string, string | Uint8Array>): string[] {
  const { root } = repositoryOf(files);
  return lintRepository({ root, libs: ['vendor', 'lib'] }, Object.keys(files)).map(
    ({ rule, message, file, line, column }) => `${file}:${line}:${column} ${rule}: ${message}`,
  );
}

test('findings carry the file and the place', () => {
  assert.deepEqual(findings({ 'lib/a.libsonnet': '{\n  a: b,\n}\n' }), [
    'lib/a.libsonnet:2:6 unknown-name: Unknown variable: b',
  ]);
});

test('a circle of imports is found once, at the import that closes it', () => {
  assert.deepEqual(
    findings({
      'lib/a.libsonnet': "import 'b.libsonnet'",
      'lib/b.libsonnet': "[import 'lib/../c.libsonnet', import 'd.libsonnet']",
      'lib/lib/x': '',
      'lib/c.libsonnet': "{ a: import 'a.libsonnet' }",
      'lib/d.libsonnet': "importstr 'd.libsonnet'",
      'lib/e.libsonnet': "{ e: import 'e.libsonnet' }",
    }).filter((one) => !one.includes('lib/lib/x')),
    [
      'lib/c.libsonnet:1:6 import-cycle: Files import each other in a circle: lib/a.libsonnet → lib/b.libsonnet → lib/c.libsonnet → lib/a.libsonnet',
      'lib/e.libsonnet:1:6 import-cycle: Files import each other in a circle: lib/e.libsonnet → lib/e.libsonnet',
    ],
  );
});

test('an import that leads nowhere is found, and a comment may hide it', () => {
  const found = findings({
    'lib/a.libsonnet': "[import 'missing.libsonnet', import '/etc/hostname']",
    'lib/b.libsonnet': "import 'later.libsonnet'  // rekindle-lint-disable-line import-missing",
  });
  assert.equal(found.length, 2);
  assert.match(found[0]!, /^lib\/a\.libsonnet:1:2 import-missing: import of "missing\.libsonnet": no such file/);
  assert.match(found[1]!, /^lib\/a\.libsonnet:1:30 import-outside-repository: /);
});

test('a file that is not UTF-8 is not read', () => {
  assert.deepEqual(findings({ 'lib/a.libsonnet': Uint8Array.of(34, 0xff, 34) }), [
    'lib/a.libsonnet:1:2 source-encoding: the file is not valid UTF-8; the engines would replace the bytes in silence',
  ]);
});

test('what an import gives is known', () => {
  assert.deepEqual(
    findings({
      'lib/a.libsonnet': "local b = import 'b.libsonnet';\n[b.port(80), b.missing, b.list[0]()]",
      'lib/b.libsonnet': '{ local n = 1, port(name, number):: [name, number], list: [n] }',
    }),
    [
      'lib/a.libsonnet:2:2 call-arguments: Missing argument: number',
      'lib/a.libsonnet:2:16 type-mismatch: Indexed object has no field "missing"',
      'lib/a.libsonnet:2:25 type-mismatch: Called value must be a function, and this is a number',
    ],
  );
});
