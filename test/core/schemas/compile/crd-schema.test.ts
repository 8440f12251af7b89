import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../../../scripts/core/schemas/checker.ts';

const root = join(import.meta.dirname, '../../../..');
const checker = loadChecker({
  root,
  kubernetes: '1.36',
  crds: [join(root, 'test/fixtures/schemas/every-construct.crd.json')],
  cache: { directory: mkdtempSync(join(tmpdir(), 'rekindle-')) },
});

/** Findings for a Construct with these fields in its spec, as `pointer: message`. */
function check(spec: Record<string, unknown>, rest: Record<string, unknown> = {}): string[] {
  const manifest = {
    apiVersion: 'example.org/v1',
    kind: 'Construct',
    metadata: { name: 'a' },
    spec: { name: 'a', ...spec },
    ...rest,
  };
  return checker.check(manifest).map(({ pointer, message }) => `${pointer}: ${message}`);
}

// Each verdict was compared with the API server's own Go code (apiextensions-apiserver 0.36.3).
const accepted: Record<string, Record<string, unknown>> = {
  'a required field with a default may be missing': {},
  'null on an optional field': { count: null, requiredInner: null, source: { file: 'a', url: null } },
  'null on a required field with a default': { level: null },
  'null on a required nullable field': { requiredInner: { nullable: null, plain: 1 } },
  'null in a map': { labels: { a: null, b: 'c' } },
  'a bound that is excluded from below': { ratio: 0.0001 },
  'a whole number as number': { ratio: 1 },
  'an integer for int-or-string': { intOrString: 5 },
  'a string for int-or-string': { intOrString: '5%' },
  'unknown fields where they are preserved': {
    free: { a: [1] },
    partlyFree: { b: 1, known: { a: 'b' } },
    anything: [1],
  },
  'an embedded resource with fields of its own': { template: { apiVersion: 'v1', kind: 'Pod', spec: { a: 1 } } },
  'entries that differ in one key': { ports: [{ port: 1 }, { port: 1, protocol: 'UDP' }] },
  'exactly one form': { source: { url: 'a', text: 'b' } },
  'one of several forms': { size: { large: 12 } },
  'a format that the server does not know': { unknownFormat: 'anything' },
  'formats that it knows': {
    date: '2026-01-31T09:30:00+01:00',
    bytes: 'YQ==',
    address: '192.0.2.1',
    address6: '2001:db8::1',
    id: '123E4567-e89b-12d3-a456-426614174000',
  },
  'nested lists': { matrix: [[1, 2], []] },
};

for (const [name, spec] of Object.entries(accepted)) {
  test(`accepted: ${name}`, () => assert.deepEqual(check(spec), []));
}

const refused: Record<string, [spec: Record<string, unknown>, ...findings: string[]]> = {
  'an unknown field': [{ nam: 'a' }, '/spec/nam: spec has no field "nam"'],
  'a field in an object that has none': [{ empty: { a: 1 } }, '/spec/empty/a: spec.empty has no field "a"'],
  'an unknown field in the known part': [
    { partlyFree: { known: { b: 1 } } },
    '/spec/partlyFree/known/b: spec.partlyFree.known has no field "b"',
  ],
  'null in a required field without default': [{ name: null }, '/spec: spec lacks the required field "name"'],
  'null in a list': [{ tags: [null] }, '/spec/tags/0: spec.tags[0] must be a string, not null'],
  'null on a nullable field whose enum lacks it': [
    { nullable: null },
    '/spec/nullable: spec.nullable is null, which is not one of the allowed values',
  ],
  'a missing required field': [
    { requiredInner: { plain: 1 } },
    '/spec/requiredInner: spec.requiredInner lacks the required field "nullable"',
  ],
  'a value outside the enum': [
    { level: 'hihg' },
    '/spec/level: spec.level is "hihg", which is not one of the allowed values',
  ],
  'a text too long': [{ name: 'abcdef' }, '/spec/name: spec.name must have at most 5 characters, it has 6'],
  'a text too short': [{ name: '' }, '/spec/name: spec.name must have at least 1 character, it has 0'],
  'a text of the wrong form': [{ name: 'A' }, '/spec/name: spec.name is "A", which has the wrong form'],
  'an excluded bound': [{ ratio: 0 }, '/spec/ratio: spec.ratio must be more than 0, it is 0'],
  'more than the bound': [{ ratio: 1.5 }, '/spec/ratio: spec.ratio must be at most 1, it is 1.5'],
  'an excluded upper bound': [{ port: 65536 }, '/spec/port: spec.port must be less than 65536, it is 65536'],
  'no multiple': [{ even: 3 }, '/spec/even: spec.even is 3, not a multiple of 2'],
  'an integer beyond 32 bits': [
    { count: 2 ** 31 },
    '/spec/count: spec.count must be at most 2147483647, it is 2147483648',
  ],
  'a fraction for int-or-string': [
    { intOrString: 1.5 },
    '/spec/intOrString: spec.intOrString must be an integer or a string, not 1.5',
  ],
  'a pattern on int-or-string': [
    { intOrString: 'some' },
    '/spec/intOrString: spec.intOrString is "some", which has the wrong form',
  ],
  'an embedded resource without kind': [
    { template: { apiVersion: 'v1' } },
    '/spec/template: spec.template lacks the required field "kind"',
  ],
  'an unknown field in embedded metadata': [
    { template: { apiVersion: 'v1', kind: 'Pod', metadata: { nme: 'a' } } },
    '/spec/template/metadata/nme: spec.template.metadata has no field "nme"',
  ],
  'repeated members of a set': [{ tags: ['a', 'b', 'a'] }, '/spec/tags/2: spec.tags[2] repeats spec.tags[0]'],
  'entries that are the same with the default': [
    { ports: [{ port: 1, protocol: 'TCP' }, { port: 1 }] },
    '/spec/ports/1: spec.ports[1] has the same port 1 and protocol "TCP" as spec.ports[0]',
  ],
  'no form at all': [
    { source: { text: 'a' } },
    '/spec/source: spec.source needs exactly one of the fields "file" or "url"',
  ],
  'several forms': [
    { source: { file: 'a', url: 'b' } },
    '/spec/source: spec.source fits several forms of which only one is allowed',
  ],
  'a form that is not complete': [
    { size: { large: 3 } },
    '/spec/size: spec.size fits none of the forms that the schema allows',
  ],
  'a forbidden combination': [
    { size: { large: 30, small: 1 } },
    '/spec/size: spec.size must not have "small" and "large" at once',
  ],
  formats: [
    { date: '2026-02-30T00:00:00Z', bytes: 'a', address: '1.2.3', address6: '::g', id: '1' },
    '/spec/address: spec.address is "1.2.3", which has the wrong form',
    '/spec/address6: spec.address6 is "::g", which has the wrong form',
    '/spec/bytes: spec.bytes is not base64',
    '/spec/date: spec.date is "2026-02-30T00:00:00Z", which has the wrong form',
    '/spec/id: spec.id is "1", which has the wrong form',
  ],
  'too many items': [{ matrix: [[], [], []] }, '/spec/matrix: spec.matrix must have at most 2 items, it has 3'],
  'too many fields': [
    { labels: { a: 'a', b: 'b', c: 'c' } },
    '/spec/labels: spec.labels must have at most 2 fields, it has 3',
  ],
};

for (const [name, [spec, ...findings]] of Object.entries(refused)) {
  test(`refused: ${name}`, () => assert.deepEqual(check(spec), findings));
}

test('the definition may restrict the name', () => {
  assert.deepEqual(check({}, { metadata: { name: 'abcdefghijk' } }), [
    '/metadata/name: metadata.name must have at most 10 characters, it has 11',
  ]);
});

test('only unknown fields count in a status that the server drops', () => {
  assert.deepEqual(check({}, { status: {} }), []);
  assert.deepEqual(check({}, { status: { phase: 3 } }), []);
  assert.deepEqual(check({}, { status: { phse: 'a' } }), ['/status/phse: status has no field "phse"']);
});
