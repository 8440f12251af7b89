// The official 2.1.0 schema is not part of the packages this project installs, so the shape is pinned here: exactly
// what the reporter writes, each rule taken from that schema (checked against it by hand when the reporter was written).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { report } from '../../scripts/report/index.ts';
import { context, sample } from './sample.ts';

const text = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string' } },
  additionalProperties: false,
};
const object = (properties: Record<string, unknown>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: unknown) => ({ type: 'array', items });
const physical = object({
  artifactLocation: object({ uri: { type: 'string', format: 'uri-reference' } }),
  region: object({ startLine: { type: 'integer', minimum: 1 }, startColumn: { type: 'integer', minimum: 1 } }, [
    'startLine',
  ]),
});
const logical = object({ fullyQualifiedName: { type: 'string' }, kind: { type: 'string' } });
const result = object({
  ruleId: { type: 'string' },
  ruleIndex: { type: 'integer', minimum: 0 },
  level: { enum: ['none', 'note', 'warning', 'error'] },
  message: text,
  locations: list(object({ physicalLocation: physical, logicalLocations: list(logical) }, [])),
  partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
});
const rule = object({ id: { type: 'string' }, shortDescription: text, help: text }, ['id']);
const schema = object({
  version: { const: '2.1.0' },
  runs: list(
    object({
      tool: object({
        driver: object({
          name: { type: 'string' },
          version: { type: 'string' },
          rules: { ...list(rule), uniqueItems: true },
        }),
      }),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      results: list(result),
    }),
  ),
});

test('sarif has the shape of version 2.1.0', async () => {
  const { default: formats } = await import('ajv-formats');
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  for (const findings of [sample, []]) {
    assert.ok(validate(JSON.parse(report('sarif', findings, context))), JSON.stringify(validate.errors, null, 2));
  }
});

test('sarif results point at their rule, their file as a URI and their manifest', () => {
  const [run] = JSON.parse(report('sarif', sample, context)).runs;
  for (const found of run.results) assert.equal(run.tool.driver.rules[found.ruleIndex].id, found.ruleId);
  const [duplicate, , unknown] = run.results;
  assert.equal(duplicate.locations[0].physicalLocation.artifactLocation.uri, 'some%20folder/a%2Cb%3Ac.yaml');
  assert.deepEqual(duplicate.locations[0].physicalLocation.region, { startLine: 7, startColumn: 3 });
  assert.equal(
    unknown.locations[0].logicalLocations[0].fullyQualifiedName,
    'home › mimir › Deployment monitoring/mimir › /spec/replica',
  );
  assert.equal(
    run.tool.driver.rules.find((r: { id: string }) => r.id === 'unknown-field').shortDescription.text,
    context.rules['unknown-field'],
  );
});
