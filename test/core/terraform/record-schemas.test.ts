import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { UsageError } from '../../../scripts/core/errors.ts';
import { readProviderSchemas } from '../../../scripts/core/terraform/provider-schemas.ts';
import { recordSchemas } from '../../../scripts/core/terraform/record-schemas.ts';
import { repositoryOf } from '../../helpers/repository.ts';

const root = join(import.meta.dirname, '../../..');

const printed = (resources: string[]): string =>
  JSON.stringify({
    provider_schemas: {
      'registry.example/tehcyx/kind': {
        provider: { version: 0, block: { description_kind: 'plain' } },
        resource_schemas: Object.fromEntries(
          resources.map((type) => [
            type,
            {
              version: 0,
              block: {
                attributes: {
                  description: {
                    type: 'string',
                    description: 'What it is.',
                    description_kind: 'plain',
                    optional: true,
                  },
                },
                description_kind: 'plain',
              },
            },
          ]),
        ),
      },
      'registry.example/else/where': { resource_schemas: {} },
    },
  });

const repository = repositoryOf({
  'lib/terraform/providers.json': '{ "kind": { "source": "tehcyx/kind", "version": "1.2.3" } }',
  'schemas/catalog.json': '{ "terraform": { "kind": ["kind_cluster"] } }',
});

test('what the catalog lists is taken, without the words for people', () => {
  const { files } = recordSchemas(repository.root, [printed(['kind_cluster', 'kind_load'])]);
  assert.deepEqual(
    files.map(({ path, text }) => [path, JSON.parse(text)]),
    [
      [
        'schemas/terraform/kind.json',
        {
          source: 'tehcyx/kind',
          version: '1.2.3',
          provider: {},
          data: {},
          resource: { kind_cluster: { attributes: { description: { type: 'string', optional: true } } } },
        },
      ],
    ],
  );
});

test('an output that lacks a type, or is none, is refused', () => {
  assert.throws(() => recordSchemas(repository.root, [printed([])]), UsageError);
  assert.throws(() => recordSchemas(repository.root, ['not JSON']), UsageError);
  assert.throws(() => recordSchemas(repository.root, ['{}']), /there is no schema of a provider/);
});

test('every pinned provider is recorded at its version, with the types that the catalog lists', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const pins = read('lib/terraform/providers.json');
  const { terraform } = read('schemas/catalog.json');
  const schemas = readProviderSchemas(root);
  assert.deepEqual(Object.keys(schemas), Object.keys(pins));
  for (const [name, { source, version, resource, data }] of Object.entries(schemas)) {
    assert.deepEqual({ source, version }, pins[name]);
    const types = [...Object.keys(data).map((type) => `data.${type}`), ...Object.keys(resource)].sort();
    assert.deepEqual(types, [...terraform[name]].sort());
  }
});
