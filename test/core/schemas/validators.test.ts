import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../../scripts/core/schemas/checker.ts';
import { unitFolder } from '../../../scripts/core/schemas/compile/units.ts';

const root = join(import.meta.dirname, '../../..');
const certificate = JSON.parse(readFileSync(join(root, 'test/fixtures/schemas/invalid/custom-enum.json'), 'utf8')) as {
  manifest: never;
  findings: object[];
};

/** Findings for the wrong Certificate, from a checker of its own. */
function check(directory: string): number {
  const checker = loadChecker({ root, kubernetes: '1.36', cache: { directory } });
  return checker.check(certificate.manifest).length;
}

test('the validator of a custom kind is compiled once and then read', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rekindle-'));
  assert.equal(check(directory), 1);
  const entries = readdirSync(directory);
  assert.ok(entries.length > 0);
  assert.equal(check(directory), 1);
  assert.deepEqual(readdirSync(directory), entries);
});

test('a damaged entry is compiled again, never believed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rekindle-'));
  check(directory);
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    const text = readFileSync(file, 'utf8');
    // A validator that lets everything through.
    writeFileSync(file, text.replaceAll('errors++', 'errors+0'));
    assert.notEqual(readFileSync(file, 'utf8'), text);
    assert.equal(check(directory), 1);
    assert.equal(readFileSync(file, 'utf8'), text, 'the entry was mended');
  }
});

test('a cache that can not be written, or none, costs nothing but time', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'rekindle-')), 'file');
  writeFileSync(file, '');
  assert.equal(check(join(file, 'cache')), 1);
  const checker = loadChecker({ root, kubernetes: '1.36', cache: null });
  assert.equal(checker.check(certificate.manifest).length, 1);
});

const installed = existsSync(unitFolder('1.36')) || 'npm run prepare has not compiled the validators';

test('checking what is compiled already does not load ajv', { skip: installed !== true && installed }, () => {
  const script = `
    import { createRequire } from 'node:module';
    import { loadChecker } from './scripts/core/schemas/checker.ts';
    const checker = loadChecker({ root: process.cwd(), kubernetes: '1.36', cache: null });
    const findings = checker.check({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} });
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((id) => id.includes('/ajv/dist/'));
    console.log(JSON.stringify({ findings: findings.length, loaded }));`;
  const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: root,
  });
  assert.deepEqual(JSON.parse(output.toString()), { findings: 1, loaded: [] });
});
