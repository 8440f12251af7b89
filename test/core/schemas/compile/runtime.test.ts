import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { duplicateEntry, formats, runtimeModules } from '../../../../scripts/core/schemas/compile/runtime.ts';

/** Applies a format to texts that it must accept and to texts that it must refuse. */
function checkFormat(name: string, accepted: string[], refused: string[]): void {
  for (const text of accepted) assert.equal(formats[name]?.(text), true, text);
  for (const text of refused) assert.equal(formats[name]?.(text), false, text);
}

test('date-time is what time.RFC3339 reads', () => {
  checkFormat(
    'date-time',
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.5+01:00', '2024-02-29T00:00:00Z'],
    ['2026-01-31', '2026-01-31 09:30:00Z', '2026-01-31t09:30:00z', '2026-02-29T00:00:00Z', '2026-01-31T09:30:00', ''],
  );
});

test('date-time-micro wants six digits', () => {
  checkFormat(
    'date-time-micro',
    ['2026-01-31T09:30:00.123456Z', '2026-01-31T09:30:00.000000-05:00'],
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.123Z', '2026-01-31T09:30:00.1234567Z', '2026-02-31T09:30:00.123456Z'],
  );
});

test('base64 of any bytes is accepted, with and without line breaks', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
      const text = Buffer.from(bytes).toString('base64');
      const lines = text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
      return formats.base64?.(text) && formats.base64?.(lines) && (text === '' || formats.byte?.(text));
    }),
  );
});

test('what can only be read by guessing is not base64', () => {
  const refused = ['a', 'ab', 'abc', 'ab=', 'abc==', 'ab_-', 'a b=', 'abcd=', '====', 'abcdé==='];
  checkFormat('base64', ['', '\n', 'YQ=\n='], refused);
  checkFormat('byte', ['YQ=='], [...refused, '', 'YQ==\n']);
});

test('a long value costs no more than its length', () => {
  const long = 'A'.repeat(4_000_000);
  const start = process.cpuUsage();
  checkFormat('base64', [long], [`${long}!`]);
  const { user } = process.cpuUsage(start);
  assert.ok(user < 2_000_000, `${user} µs`);
});

test('addresses and identifiers', () => {
  checkFormat('ipv4', ['192.0.2.1'], ['192.0.2', '2001:db8::1', '192.0.2.256']);
  checkFormat('ipv6', ['2001:db8::1', '::'], ['192.0.2.1', '2001:db8::g']);
  checkFormat('uuid', ['123e4567-E89B-12d3-a456-426614174000', '123e4567e89b12d3a456426614174000'], ['123e4567', '']);
});

test('two entries with the same keys are found, the first pair first', () => {
  const list = [{ name: 'a' }, { name: 'b' }, { name: 'a' }, { name: 'b' }];
  assert.deepEqual(duplicateEntry(list, { name: null }), [0, 2]);
  assert.equal(duplicateEntry(list.slice(0, 2), { name: null }), undefined);
});

test('the default counts as the key, and a key of another type is another key', () => {
  const keys = { port: null, protocol: 'TCP' };
  assert.deepEqual(duplicateEntry([{ port: 1 }, { port: 1, protocol: 'TCP' }], keys), [0, 1]);
  assert.equal(duplicateEntry([{ port: 1 }, { port: 1, protocol: 'UDP' }], keys), undefined);
  assert.equal(duplicateEntry([{ port: 1 }, { port: '1' }], keys), undefined);
  assert.equal(duplicateEntry([{ name: 1 }, { name: '1' }], { name: null }), undefined);
});

test('entries without their keys, or that are no objects, are left to other findings', () => {
  assert.equal(
    duplicateEntry([{}, {}, null, null, 'a', 'a', { name: null }, { name: null }], { name: null }),
    undefined,
  );
  assert.equal(duplicateEntry([{ port: 1 }, { port: 1 }], { port: null, host: null }), undefined);
});

test("values joined to one key can't be mistaken for others", () => {
  const keys = { a: null, b: null };
  assert.equal(
    duplicateEntry(
      [
        { a: 'x', b: '","y' },
        { a: 'x","', b: 'y' },
      ],
      keys,
    ),
    undefined,
  );
});

test('duplicates are found exactly when there are some', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 12 }), (names) => {
      const found = duplicateEntry(
        names.map((name) => ({ name })),
        { name: null },
      );
      return (found === undefined) === (new Set(names).size === names.length);
    }),
  );
});

test('lengths are counted in code points, as Go counts runes', () => {
  const { default: length } = runtimeModules['ajv/dist/runtime/ucs2length'] as { default: (text: string) => number };
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => length(text) === [...text].length));
  assert.equal(length('\ud800\ud800\udc00x'), 3);
});
