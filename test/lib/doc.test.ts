import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { evaluate } from './evaluate.ts';

// Strings that come near each grammar: its own alphabet finds the edges that arbitrary text never meets.
const near: Record<string, fc.Arbitrary<unknown>> = {
  string: fc.string(),
  boolean: fc.boolean(),
  integer: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })),
  number: fc.integer(),
  count: fc.integer({ min: -3, max: 3 }),
  port: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.integer({ min: 65530, max: 65540 })),
  duration: fc.stringMatching(/^([0-9]{0,2}(ms|s|m|h|d|w|y|x)?){0,3}$/),
  'go-duration': fc.stringMatching(/^([0-9]{0,2}(ms|s|m|h|d)?){0,3}$/),
  timeout: fc.oneof(fc.stringMatching(/^([0-9]{0,2}(ms|s|m|h|d)?){0,3}$/), fc.constantFrom('infinity', 'infinite')),
  quantity: fc.stringMatching(/^[0-9]{0,2}\.{0,2}[0-9]{0,2}([numkKMGTPE]i?|[eE][+-]?[0-9]{0,2}|B| Gi)?$/),
  name: fc.stringMatching(/^[a-zA-Z0-9-]{0,4}(-{0,2}[a-z0-9]{20}){0,3}[a-z0-9-]?$/),
  host: fc.stringMatching(/^([a-z0-9-]{0,4}\.){0,3}[a-z0-9_-]{0,4}$/),
  url: fc.stringMatching(/^[a-z0-9+A]{0,5}(:\/\/|:\/)[a-z. /]{0,5}$/),
  email: fc.stringMatching(/^[a-z +]{0,3}@{0,2}[a-zA-Z0-9.-]{0,8}$/),
  cidr: fc.oneof(
    fc.stringMatching(/^[0-3]?[0-9]{1,2}(\.[0-2]?[0-9]{1,2}){2,4}\/[0-9]{0,3}$/),
    fc.stringMatching(/^[0-9a-g:]{0,9}\/[0-9]{0,3}$/),
    fc.constantFrom(
      '10.0.0.0/8',
      '0.0.0.0/0',
      '::/0',
      'fc00::/7',
      '10.0.0.0/33',
      '010.0.0.0/8',
      '10.0.0.0/08',
      '256.0.0.0/8',
    ),
  ),
};

test('the check in Jsonnet and the JSON Schema of every type accept the same values', async () => {
  const types = Object.keys(near);
  const samples = types.flatMap((type) => {
    const values = fc.sample(fc.oneof(near[type]!, fc.constantFrom<unknown>('', 0, null, true, [], {})), {
      numRuns: 150,
      seed: 7,
    });
    return values.map((value) => ({ type, value }));
  });
  const { verdicts, schemas, known } = await evaluate(`
    local types = import 'doc/types.libsonnet';
    local samples = ${JSON.stringify(samples)};
    {
      verdicts: [types[s.type].check(s.value) == null for s in samples],
      schemas: { [t]: types[t].schema for t in std.objectFields(types) },
      known: std.objectFields(types),
    }
  `);
  assert.deepEqual(known, [...types, 'any'].sort());
  const ajv = new Ajv({ strict: false });
  const validate = Object.fromEntries(types.map((type) => [type, ajv.compile(schemas[type])]));
  const accepted = new Map<string, number>();
  samples.forEach(({ type, value }, i) => {
    assert.equal(verdicts[i], validate[type]!(value), `${type}: ${JSON.stringify(value)}`);
    if (verdicts[i]) accepted.set(type, (accepted.get(type) ?? 0) + 1);
  });
  for (const type of types) {
    const count = accepted.get(type) ?? 0;
    assert.ok(count > 0 && count < 150, `${type}: ${count} of 150 samples accepted, so the test says nothing`);
  }
});

test('nearest finds the likely name and nothing far away', async () => {
  assert.deepEqual(
    await evaluate(`local near = (import 'doc/nearest.libsonnet'); [
      near.distance('kitten', 'sitting'),
      near.distance('', 'abc'),
      near.nearest('retnetion', ['retention', 'replicas']),
      near.nearest('x', ['retention']),
      near.hint('nothing-like-it', ['a', 'b']),
      near.hint('x', []),
      near.distance(std.repeat('long', 16), std.repeat('name', 16)),
    ]`),
    [3, 3, 'retention', null, 'known: a, b', 'there is none to choose from', 50],
  );
});

test('check names the path of each mistake in lists, maps, shapes and nested objects', async () => {
  const mistakes = await evaluate(`
    local doc = import 'doc/main.libsonnet';
    doc.check('c', {
      '#list':: doc.list('port', 'x'), list: [80, 0],
      '#map':: doc.map('duration', 'x'), map: { a: '1h', b: 'soon' },
      '#optional':: doc.optional('host', 'x'), optional: null,
      '#wrong':: doc.optional('host', 'x'), wrong: 'a_b',
      '#shape':: doc.setting(doc.shape({ name: doc.required('name', 'the name'), size: doc.setting('quantity', 's') }), 'x'),
      shape: { size: '1 GB', nmae: 'x' },
      '#nested':: doc.object('x'), nested: { '#inner':: doc.enum(['a', 'b'], 'x'), inner: 'c', innr: 1 },
      '#object':: doc.object('x'), object: 'text',
      '#replaced':: doc.object('x'), replaced: { inner: 'a' },
      '#key':: doc.secretKey('x'), key: { name: 'secret', key: 'token' },
      stray: 1,
    })
  `);
  assert.deepEqual(mistakes, [
    'c.list[1]: expected a port, 1 to 65535, found 0',
    'c.map.b: expected a duration such as 30s, 1h30m or 14d, found soon',
    'c.nested.inner: expected one of a, b, found "c"; did you mean "a"?',
    'c.nested: unknown setting "innr"; did you mean "inner"?',
    'c.object: expected an object, found text',
    'c.replaced: this replaces all its settings; write replaced+: { … } to set some of them',
    'c.shape: unknown field "nmae"; did you mean "name"?',
    'c.shape.size: expected a Kubernetes quantity such as 100m, 0.5 or 512Mi, found 1 GB',
    'c.shape: set name, the name',
    'c: unknown setting "stray"; known: key, list, map, nested, object, optional, replaced, shape, wrong',
    'c.wrong: expected a DNS name such as example.org, found a_b',
  ]);
});
