import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkTag, familiesOf, findFamily, readVersions, withTag } from '../../scripts/core/versions.ts';
import { repositoryOf } from '../helpers/repository.ts';

const text = `{
  "blog": { "image": "example.org/blog/web", "tag": "v1.0.0", "digest": "sha256:${'a'.repeat(64)}" },
  "blog-cache": { "image": "example.org/other/cache", "tag": "7.4" },
  "mail-in": { "image": "example.org/mail/in", "tag": "2.1" },
  "mail-out":   { "tag": "2.1", "image": "example.org/mail/out" }
}
`;

const families = (() => {
  const { root } = repositoryOf({ 'lib/versions.json': text });
  for (const name of ['blog', 'mail']) mkdirSync(join(root, 'lib', name));
  return familiesOf(root, readVersions(root).versions);
})();

test('images of one release are a family, named after the component where that is clear', () => {
  assert.deepEqual(
    families.map(({ name, component, entries }) => [name, component, entries]),
    [
      ['blog', 'blog', ['blog']],
      ['blog-cache', 'blog', ['blog-cache']],
      ['mail', 'mail', ['mail-in', 'mail-out']],
    ],
  );
});

test('a family is found by its name and by its entries; a misspelt name gets the nearest', () => {
  assert.equal(findFamily(families, 'mail-out').name, 'mail');
  assert.throws(() => findFamily(families, 'blgo'), /lib\/versions\.json has no "blgo": did you mean "blog"\?/);
});

test('a new tag changes nothing else in the file, and takes the old digest with it', () => {
  assert.equal(withTag(text, ['mail-in', 'mail-out'], '2.2'), text.replaceAll('"2.1"', '"2.2"'));
  const blog = withTag(text, ['blog'], 'v2.0.0');
  assert.equal(blog, text.replace(/"v1\.0\.0".*"sha256:a+"/, '"v2.0.0"'));
  assert.deepEqual(JSON.parse(blog).blog, { image: 'example.org/blog/web', tag: 'v2.0.0' });
});

test('a tag must be one, and look like the one it replaces', () => {
  const [blog, cache] = families;
  assert.throws(() => checkTag('v 2', blog!), /no tag of an image/);
  assert.throws(() => checkTag('2.0.0', blog!), /tags of blog look like v1\.0\.0: did you mean "v2\.0\.0"\?/);
  assert.throws(() => checkTag('v8', cache!), /did you mean "8"\?/);
  checkTag('v2.0.0-rc.1', blog!);
});
