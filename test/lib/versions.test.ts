import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const lib = join(import.meta.dirname, '../../lib');

function read<T>(name: string): Record<string, T> {
  return JSON.parse(readFileSync(join(lib, name), 'utf8')) as Record<string, T>;
}

const versions = read<Record<string, string>>('versions.json');

for (const [name, { image, tag, digest, ...rest }] of Object.entries(versions)) {
  test(`${name} has an image and a tag that update bots can read`, () => {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    // The host is always said: "redis" alone means another image to another runtime.
    assert.match(image ?? '', /^[a-z0-9.-]+\.[a-z]+(:\d+)?(\/[a-z0-9._-]+)+$/);
    assert.match(tag ?? '', /^[\w][\w.-]{0,127}$/);
    assert.notEqual(tag, 'latest');
    if (digest !== undefined) assert.match(digest, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(rest, {});
  });
}

test('names are sorted, so that two additions rarely meet in one line', () => {
  assert.deepEqual(Object.keys(versions), Object.keys(versions).sort());
});

test('the images of one release move together', () => {
  for (const release of [/^cert-manager-/, /^loki/, /^tempo/]) {
    const tags = Object.entries(versions).filter(([name]) => release.test(name));
    assert.equal(new Set(tags.map(([, { tag }]) => tag)).size, 1);
  }
});

test('every source of definitions names a version', () => {
  for (const { version } of Object.values(read<{ version: string }>('crd-sources.json'))) assert.ok(versions[version]);
});
