// The settings reference is generated and kept in Git: it must be what the libraries say now.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { discoverEnvironments } from '../scripts/core/discover.ts';
import { generateDocs } from '../scripts/core/docs/generate.ts';
import { openRepository } from '../scripts/core/root.ts';
import { compareGenerated } from '../scripts/core/schemas/generate/generated-files.ts';
import { slice } from '../scripts/core/slice.ts';

const repository = openRepository(join(import.meta.dirname, '..'));

test('the settings reference is up to date', async () => {
  const changes = await compareGenerated(repository.root, await generateDocs(repository));
  const stale = changes.filter(({ change }) => change !== 'unchanged').map(({ path }) => path);
  assert.deepEqual(stale, [], 'run npm run docs');
  assert.ok(changes.some(({ path }) => path === 'lib/argo-cd/README.md'));
});

test('the JSON Schema of the settings takes what every environment decides, and nothing misspelt', async () => {
  const schema: object = JSON.parse(readFileSync(join(repository.root, 'schemas/settings.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  for (const environment of discoverEnvironments(repository)) {
    const result = await slice(environment, 'settings');
    assert.ok('value' in result, JSON.stringify(result));
    assert.ok(validate(result.value), `${environment.name}: ${JSON.stringify(validate.errors, null, 2)}`);
    assert.ok(!validate({ ...(result.value as object), domian: 'x' }));
  }
});
