import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { test } from 'node:test';
import { crdFileName, normalizeCrd, type Crd } from '../../../scripts/core/schemas/crd.ts';
import { compactJson } from '../../../scripts/core/schemas/generate/compact-json.ts';

const root = join(import.meta.dirname, '../../..');

/** What `kubectl apply` can store as the last applied configuration: the limit of all annotations of an object. */
const clientSideLimit = 262_144;

/** Definitions that only server-side apply can install, each with its reason. */
const serverSideOnly: Record<string, string> = {
  'applicationsets.argoproj.io.json':
    'repeats the type of an Application for every generator and ships without descriptions already',
};

const files = readdirSync(join(root, 'lib'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => {
    try {
      return readdirSync(join(root, 'lib', name, 'crds')).map((file) => join(root, 'lib', name, 'crds', file));
    } catch {
      return [];
    }
  });

test('the libraries bring definitions along', () => {
  const components = new Set(files.map((file) => relative(join(root, 'lib'), file).split('/')[0]));
  for (const component of ['argo-cd', 'cert-manager', 'contour', 'external-dns']) assert.ok(components.has(component));
});

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const crd = JSON.parse(text) as Crd;

  test(`${relative(root, file)} is what the verb crds writes`, () => {
    assert.equal(basename(file), crdFileName(crd));
    assert.equal(text, compactJson(normalizeCrd(crd)));
    assert.equal(crd.metadata.name, `${crd.spec.names.plural}.${crd.spec.group}`);
  });

  test(`${relative(root, file)} fits client-side apply, or a reason says why not`, () => {
    const fits = Buffer.byteLength(JSON.stringify(crd)) < clientSideLimit;
    assert.equal(fits, serverSideOnly[basename(file)] === undefined);
  });
}
