// The update bot must find every image: what its patterns match is compared with the file that it reads.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Versions } from '../scripts/core/versions.ts';

interface CustomManager {
  managerFilePatterns: string[];
  matchStrings: string[];
  autoReplaceStringTemplate?: string;
}

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { customManagers } = JSON.parse(read('renovate.json')) as { customManagers: CustomManager[] };

/** The manager whose file pattern, written between slashes, matches a path. */
function managerOf(path: string): CustomManager {
  const found = customManagers.find(({ managerFilePatterns }) =>
    managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path)),
  );
  assert.ok(found, path);
  return found;
}

function matchesIn(path: string, text = read(path)): Record<string, string | undefined>[] {
  return managerOf(path).matchStrings.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map(({ groups }) => ({ ...groups })),
  );
}

test('every image of lib/versions.json is found with its tag and digest', () => {
  const versions = JSON.parse(read('lib/versions.json')) as Versions;
  const found = Object.fromEntries(
    matchesIn('lib/versions.json').map(({ depName, packageName, currentValue, currentDigest }) => [
      depName,
      { image: packageName, tag: currentValue, ...(currentDigest !== undefined && { digest: currentDigest }) },
    ]),
  );
  assert.deepEqual(found, versions);
});

test('an update, with and without a digest, leaves JSON that is found again', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  for (const newDigest of [undefined, digest]) {
    const template = managerOf('lib/versions.json').autoReplaceStringTemplate!;
    // The two constructs of Handlebars that the template uses.
    const line = template
      .replace(/\{\{#if newDigest\}\}(.*?)\{\{\/if\}\}/, (_, inner: string) => (newDigest === undefined ? '' : inner))
      .replace(
        /\{\{\{(\w+)\}\}\}/g,
        (_, name: string) =>
          ({ depName: 'a-b', packageName: 'example/a', newValue: 'v2', newDigest: newDigest ?? '' })[name] ?? '',
      );
    const text = `{\n  ${line}\n}\n`;
    assert.deepEqual(JSON.parse(text), { 'a-b': { image: 'example/a', tag: 'v2', ...(newDigest && { digest }) } });
    assert.equal(matchesIn('lib/versions.json', text).length, 1);
  }
});

test('the Go programs that CI installs are found', () => {
  const script = read('.ci/run');
  const found = matchesIn('.ci/run').map(({ depName, currentValue }) => `${depName}@${currentValue}`);
  assert.deepEqual(
    found.map((version) => version.replace(/@.*/, '')),
    ['github.com/google/go-jsonnet', 'github.com/getsops/sops/v3', 'filippo.io/age', 'github.com/zegl/kube-score'],
  );
  assert.equal(found.length, script.match(/@v[0-9.]+/g)!.length);
});
