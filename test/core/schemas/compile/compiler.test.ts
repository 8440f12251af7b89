import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { kubernetesMinors, parseBundle, readBundleText } from '../../../../scripts/core/schemas/bundle.ts';
import {
  compilerIdentity,
  makeCompiler,
  sharedDefinitions,
} from '../../../../scripts/core/schemas/compile/compiler.ts';
import { crdToJsonSchema } from '../../../../scripts/core/schemas/compile/crd-schema.ts';
import { hoist } from '../../../../scripts/core/schemas/compile/hoist.ts';
import { runtimeModules } from '../../../../scripts/core/schemas/compile/runtime.ts';
import { digest } from '../../../../scripts/core/schemas/compile/validator-files.ts';
import type { Crd, CrdVersion } from '../../../../scripts/core/schemas/crd.ts';

const fixture = join(import.meta.dirname, '../../../fixtures/schemas/every-construct.crd.json');
const [version] = (JSON.parse(readFileSync(fixture, 'utf8')) as Crd).spec.versions;

/**
 * The code that each identity of the compiler made from one schema. Cached validators are kept by identity: whoever
 * changes what is compiled raises `compilerVersion` and adds a line here.
 */
const known: Record<string, string> = {
  'ajv 8.20.0, compiler 1': '5bc22b28e60f58c08cb0c8b226bb373bb87afce324f51d80faedf9f8408ac2ce',
};

test('other code from the same schema means another identity', () => {
  const code = makeCompiler({})(hoist(crdToJsonSchema(version as CrdVersion)));
  assert.equal(digest(code), known[compilerIdentity()]);
});

test('compiled code requires only what the runtime provides', () => {
  const { definitions, kinds } = parseBundle(readBundleText('1.36'));
  const compile = makeCompiler(definitions);
  const available = new Set([
    ...Object.keys(runtimeModules),
    ...[...sharedDefinitions].map((name) => `rekindle/definitions/${name}`),
  ]);
  for (const kind of ['apps/v1/StatefulSet', 'apiextensions.k8s.io/v1/CustomResourceDefinition', 'v1/Secret']) {
    const code = compile({ $ref: `#/definitions/${kinds[kind]?.definition}` });
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, id]) => id as string);
    assert.deepEqual(
      required.filter((id) => !available.has(id)),
      [],
    );
  }
});

for (const minor of kubernetesMinors()) {
  test(`the schemas of Kubernetes ${minor} are valid JSON Schema without loose ends`, () => {
    const { kinds, ...schema } = parseBundle(readBundleText(minor));
    const ajv = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true, validateFormats: false });
    ajv.addKeyword({ keyword: 'uniqueKeys', schemaType: 'object' });
    assert.equal(ajv.validateSchema(schema), true, JSON.stringify(ajv.errors));
    const text = JSON.stringify(schema);
    for (const [, name] of text.matchAll(/"#\/definitions\/([^"]+)"/g))
      assert.ok(schema.definitions[name as string], name);
    for (const { definition } of Object.values(kinds)) assert.ok(schema.definitions[definition], definition);
    assert.doesNotMatch(text, /"description":"/);
  });
}
