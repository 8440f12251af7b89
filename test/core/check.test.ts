import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkEnvironment, loadCheckers } from '../../scripts/core/check.ts';
import type { Environment, Manifest } from '../../scripts/core/types.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const kubernetes = ['1.35', '1.36'];

const definition: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'boats.example.org' },
  spec: {
    group: 'example.org',
    names: { kind: 'Boat', plural: 'boats' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { oars: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
};

const boat = (oars: unknown): Manifest => ({
  apiVersion: 'example.org/v1',
  kind: 'Boat',
  metadata: { name: 'boat', namespace: 'default' },
  spec: { oars },
});

/** Environments of one run, which share their checkers. */
function run() {
  const root = temporaryFolder();
  const checkers = loadCheckers(kubernetes, { root, libs: [], cache: null });
  return {
    checkers,
    check: (name: string, manifests: Manifest[]) => {
      const env: Environment = { name, root, directory: join(root, 'environments', name), libs: [] };
      mkdirSync(env.directory, { recursive: true });
      const found = checkEnvironment(env, [{ app: 'fleet', manifests }], { checkers, listed: null });
      return found
        .filter(({ rule }) => rule.startsWith('schema'))
        .map(({ rule, env: of, pointer }) => [rule, of, pointer]);
    },
  };
}

test('what the definitions of one environment teach is unknown in the next, before it and after it', () => {
  const { check, checkers } = run();
  const missing = (name: string) => [['schema-missing', name, '/kind']];
  assert.deepEqual(check('before', [boat(2)]), missing('before'));
  assert.deepEqual(check('with', [definition, boat(2)]), []);
  assert.deepEqual(check('with', [boat('two'), definition]), [['schema', 'with', '/spec/oars']]);
  assert.deepEqual(check('after', [boat(2)]), missing('after'));
  for (const checker of checkers.values()) assert.equal(checker.isNamespaced('example.org/v1', 'Boat'), undefined);
});

test('two environments may define one kind each in its way', () => {
  const { check } = run();
  const other = structuredClone(definition) as Manifest & { spec: { versions: { schema: unknown }[] } };
  other.spec.versions[0]!.schema = {
    openAPIV3Schema: {
      type: 'object',
      properties: { spec: { type: 'object', properties: { oars: { type: 'string' } } } },
    },
  };
  assert.deepEqual(check('a', [definition, boat(2)]), []);
  assert.deepEqual(check('b', [other, boat('two')]), []);
  assert.deepEqual(check('b', [other, boat(2)]), [['schema', 'b', '/spec/oars']]);
  assert.deepEqual(check('a', [definition, boat(2)]), []);
});

test('a fork knows what the checkers know', () => {
  const { check, checkers } = run();
  for (const checker of checkers.values()) checker.learn([definition]);
  assert.deepEqual(check('a', [boat(2)]), []);
  assert.deepEqual(check('a', [boat('two')]), [['schema', 'a', '/spec/oars']]);
});
